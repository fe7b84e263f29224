package atelier.devnet;

/** A started node, by whatever means. */
sealed interface Node permits NodeProcess, NodeContainer {

    String rpcUrl();

    /** Lets it finish its block, then ends it. */
    void close();

    /** Ends it at once. */
    void kill();
}
