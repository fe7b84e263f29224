package atelier.demo;

/** Plain lines for the person who waits at the terminal. */
final class Progress {

    private Progress() {}

    @SuppressWarnings("SystemOut")
    static void say(String line) {
        System.out.println("  · " + line);
    }
}
