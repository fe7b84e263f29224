package atelier.demo;

/** The seed cannot go on; the next start tries again from the step that failed. */
final class SeedingStopped extends RuntimeException {

    SeedingStopped(String why) {
        super(why);
    }
}
