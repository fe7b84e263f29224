package atelier.chain;

/** Something that must never be. */
final class Violation extends RuntimeException {

    Violation(String message) {
        super(message);
    }

    Violation(String message, Throwable cause) {
        super(message, cause);
    }

    /** The message without its numbers: failures alike. */
    String kind() {
        String words = String.valueOf(getMessage()).replaceAll("0x[0-9a-f]+|[0-9]+", "#");
        return words.substring(0, Math.min(24, words.length()));
    }
}
