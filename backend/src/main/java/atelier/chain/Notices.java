package atelier.chain;

/** Tells every process something, once the caller's transaction has committed. */
@FunctionalInterface
interface Notices {

    void send(String channel, String payload);
}
