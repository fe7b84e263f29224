package atelier.bench;

import atelier.devnet.DevChain;
import atelier.testing.AnvilProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * anvil without anything before it: a block every second, as large as anyone fills it, transactions
 * capped as under Osaka. It keeps a copy of the whole state for each block, and cannot for millions
 * of events: {@code bench.forgetful} makes it keep the newest alone.
 */
final class Anvil implements AutoCloseable {

    private final AnvilProcess process;
    private final Rpc rpc;

    private Anvil(AnvilProcess process) {
        this.process = process;
        this.rpc = new Rpc(process.url());
    }

    static Anvil start() {
        List<String> options = new ArrayList<>();
        options.addAll(List.of("--block-time", "1"));
        options.addAll(List.of("--gas-limit", "3000000000", "--enable-tx-gas-limit"));
        options.add("--no-request-size-limit"); // a twin is told all of a state at once
        if (Boolean.getBoolean("bench.forgetful")) {
            options.add("--prune-history");
        }
        return new Anvil(AnvilProcess.start(DevChain.CHAIN_ID, options.toArray(String[]::new)));
    }

    /** Another anvil in the same state, to replay on. */
    Anvil twin() {
        String state = rpc.call("anvil_dumpState").asString();
        Anvil twin = start();
        twin.rpc.call("anvil_loadState", state);
        return twin;
    }

    String url() {
        return process.url();
    }

    String webSocketUrl() {
        return process.webSocketUrl();
    }

    Rpc rpc() {
        return rpc;
    }

    long height() {
        return rpc.number("eth_blockNumber");
    }

    double cpuSeconds() {
        return Cpu.of(process.pid());
    }

    /** Sends as an account without its key; it gets coin for the gas. */
    void become(String account) {
        rpc.call("anvil_impersonateAccount", account);
        fund(account);
    }

    void fund(String account) {
        rpc.call("anvil_setBalance", account, "0xd3c21bcecceda1000000");
    }

    @Override
    public void close() {
        process.close();
    }
}
