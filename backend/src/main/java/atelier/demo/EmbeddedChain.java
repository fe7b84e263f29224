package atelier.demo;

import atelier.devnet.DevChain;
import atelier.devnet.DevChainException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The development chain beside the application, its blocks kept in one folder. */
final class EmbeddedChain implements AutoCloseable {

    private final DevChain chain;
    private final DevChain.Mode mode;

    private EmbeddedChain(DevChain chain, DevChain.Mode mode) {
        this.chain = chain;
        this.mode = mode;
    }

    /** Starts as a {@code process}, in a {@code container}, or as {@code anvil}, in memory only. */
    static EmbeddedChain start(Path folder, String mode) {
        DevChain.Mode how = parse(mode);
        try {
            DevChain.Options options =
                    how == DevChain.Mode.ANVIL
                            ? DevChain.Options.inMemory()
                            : DevChain.Options.keptIn(folder);
            return new EmbeddedChain(
                    DevChain.start(options.mode(how).progress(Progress::say)), how);
        } catch (DevChainException e) {
            throw new StartRefused(e.what(), e.remedy());
        }
    }

    private static DevChain.Mode parse(String mode) {
        try {
            return DevChain.Mode.valueOf(mode.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new StartRefused(
                    "There is no development chain of the kind '" + mode + "'.",
                    "Set atelier.devnet to process, container or anvil.");
        }
    }

    /** Where it answers JSON-RPC, on loopback. */
    String rpcUrl() {
        return chain.rpcUrl();
    }

    /** What the application needs to know of it. */
    Map<String, Object> properties() {
        return Map.of(
                "atelier.chain.rpc-url", chain.rpcUrl(),
                "atelier.chain.confirmations", DevChain.Options.DEFAULT_CONFIRMATIONS,
                "atelier.chain.faucet-key", DevChain.accounts().getFirst().privateKey(),
                "atelier.devnet", mode.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        chain.close();
    }
}
