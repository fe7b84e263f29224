package atelier.devnet;

/** The second node. */
class AnvilTests extends MiningFacts {

    AnvilTests() {
        super(DevChain.Mode.ANVIL);
    }
}
