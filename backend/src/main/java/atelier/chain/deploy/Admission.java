package atelier.chain.deploy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which chain may be used how: a development chain and its keys are nobody's secret. */
public final class Admission {

    private static final long DEVELOPMENT_CHAIN = 31337;

    private Admission() {}

    /**
     * Why a chain is refused, if it is.
     *
     * @param chainId what the node says
     * @param devnet the value of {@code atelier.devnet}, which the embedded start sets
     * @param faucetKey whether a key that funds others is set
     */
    public static Optional<String> refusal(
            long chainId, @Nullable String devnet, boolean faucetKey) {
        if (chainId == DEVELOPMENT_CHAIN && devnet == null) {
            return Optional.of(
                    "Chain 31337 is a development chain whose keys everybody knows. Name a node of"
                            + " another chain in atelier.chain.rpc-url, or leave it out to have a"
                            + " development chain started.");
        }
        if (faucetKey && (chainId != DEVELOPMENT_CHAIN || devnet == null)) {
            return Optional.of(
                    "atelier.chain.faucet-key is for the embedded development chain only. Leave it"
                            + " out and send the deployer and the relayer what they need.");
        }
        return Optional.empty();
    }
}
