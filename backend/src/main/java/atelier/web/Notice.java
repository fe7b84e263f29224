package atelier.web;

import java.io.Serializable;
import java.util.List;

/**
 * One sentence about what just happened, carried over a redirect and shown at the top of the next
 * page.
 *
 * @param key the sentence in the message bundles
 * @param arguments its values, as text or numbers
 */
public record Notice(Kind kind, String key, List<Serializable> arguments) implements Serializable {

    /** How it went. */
    public enum Kind {
        DONE("f"),
        WAITING("w"),
        FAILED("x");

        private final String state;

        Kind(String state) {
            this.state = state;
        }

        /** The state's letter in the stylesheet. */
        public String state() {
            return state;
        }
    }

    public Notice {
        arguments = List.copyOf(arguments);
    }

    /** It is done. */
    public static Notice done(String key, Serializable... arguments) {
        return new Notice(Kind.DONE, key, List.of(arguments));
    }

    /** It is accepted and on its way. */
    public static Notice waiting(String key, Serializable... arguments) {
        return new Notice(Kind.WAITING, key, List.of(arguments));
    }

    /** It was not done; the sentence says why and what to do. */
    public static Notice failed(String key, Serializable... arguments) {
        return new Notice(Kind.FAILED, key, List.of(arguments));
    }
}
