package atelier.chain;

/** The node did not answer, or not in time, or not in a way that says anything about the chain. */
final class NodeUnavailable extends RuntimeException {

    NodeUnavailable(String message) {
        super(message);
    }

    NodeUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
