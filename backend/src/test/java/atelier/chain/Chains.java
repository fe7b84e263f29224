package atelier.chain;

import atelier.devnet.DevChain;

/** Starts the node that the system property {@code atelier.test.node} names; Hardhat without it. */
final class Chains {

    private Chains() {}

    static DevChain start() {
        return DevChain.start(DevChain.Options.inMemory().mode(mode()));
    }

    static boolean anvil() {
        return mode() == DevChain.Mode.ANVIL;
    }

    private static DevChain.Mode mode() {
        return "anvil".equals(System.getProperty("atelier.test.node"))
                ? DevChain.Mode.ANVIL
                : DevChain.Mode.PROCESS;
    }
}
