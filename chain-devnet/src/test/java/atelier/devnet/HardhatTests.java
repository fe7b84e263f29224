package atelier.devnet;

/** The child process with Hardhat. */
class HardhatTests extends MiningFacts {

    HardhatTests() {
        super(DevChain.Mode.PROCESS);
    }
}
