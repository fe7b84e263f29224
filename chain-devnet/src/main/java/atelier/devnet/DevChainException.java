package atelier.devnet;

/** Why the development chain did not start or cannot go on, and what to do about it. */
public final class DevChainException extends RuntimeException {

    private final String code;
    private final String what;
    private final String remedy;

    DevChainException(String code, String what, String remedy) {
        super(what + " " + remedy);
        this.code = code;
        this.what = what;
        this.remedy = remedy;
    }

    /** A stable word for programs, such as {@code PORT_TAKEN}. */
    public String code() {
        return code;
    }

    /** What happened, for people. */
    public String what() {
        return what;
    }

    /** What to do next, for people. */
    public String remedy() {
        return remedy;
    }
}
