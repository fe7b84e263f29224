package atelier.chain;

/** A chain that Atelier will not use as it is set up, and what to do about it. */
final class ChainRefused extends RuntimeException {

    ChainRefused(String what, String remedy) {
        super(what + " " + remedy);
    }
}
