package atelier.vault;

/** The root secret cannot be used; says what is wrong with it and what to do. */
final class RootSecretRefused extends RuntimeException {

    private final String remedy;

    RootSecretRefused(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    RootSecretRefused(String what, String remedy, Throwable cause) {
        super(what, cause);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
