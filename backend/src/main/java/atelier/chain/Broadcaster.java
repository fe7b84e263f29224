package atelier.chain;

/** Hands signed and stored bytes to the network. */
@FunctionalInterface
interface Broadcaster {

    /** What becomes of it says a receipt alone; an exception says nothing. */
    void send(byte[] raw);
}
