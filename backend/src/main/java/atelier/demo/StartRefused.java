package atelier.demo;

/** The start cannot go on; says what happened and what to do about it. */
final class StartRefused extends RuntimeException {

    private final String remedy;

    StartRefused(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
