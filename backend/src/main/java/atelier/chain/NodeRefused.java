package atelier.chain;

import org.jspecify.annotations.Nullable;

/** The node answered a request with an error; {@link #data} is what a reverting call returned. */
final class NodeRefused extends RuntimeException {

    private final int code;
    private final byte @Nullable [] data;

    NodeRefused(int code, String message, byte @Nullable [] data) {
        super(message);
        this.code = code;
        this.data = data;
    }

    int code() {
        return code;
    }

    byte @Nullable [] data() {
        return data;
    }
}
