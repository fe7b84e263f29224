package atelier.chain;

import atelier.chain.deploy.Plan;
import atelier.chain.deploy.Site;
import atelier.chain.deploy.Step;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.testing.AnvilProcess;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.web3j.crypto.ContractUtils;

/** anvil that mines when it is told to, with the community's contracts on it. */
final class SoakChain implements AutoCloseable {

    static final long CHAIN_ID = 31337;

    private static final BigInteger PLENTY = BigInteger.valueOf(15_000_000);
    private static final Fees FEES =
            new Fees(BigInteger.valueOf(20_000_000_000L), BigInteger.valueOf(1_000_000_000L));

    private static final Map<ContractKind, Address> CONTRACTS = contracts();

    /**
     * anvil keeps so many states in memory, and what it reads back from disk has lost its
     * contracts' code. A block that a reorg goes back to may be as many states old as the reorgs
     * since mined.
     */
    private static final String STATES = "4000";

    private final AnvilProcess anvil;
    private final JsonRpc rpc;
    private final long lowest;

    private SoakChain(AnvilProcess anvil) {
        this.anvil = anvil;
        this.rpc = new JsonRpc(URI.create(anvil.url()), Duration.ofSeconds(10));
        deploy();
        this.lowest = height();
    }

    static SoakChain start() {
        return new SoakChain(
                AnvilProcess.start(CHAIN_ID, "--no-mining", "--prune-history", STATES));
    }

    private void deploy() {
        Signing signing = new LocalSigning();
        for (Address key : List.of(LocalSigning.DEPLOYER, LocalSigning.RELAYER)) {
            call("anvil_setBalance", key.toString(), "0xd3c21bcecceda1000000");
        }
        Map<ContractKind, Long> blocks = new EnumMap<>(ContractKind.class);
        mine();
        long nonce = 0;
        for (Step step : Plan.steps()) {
            Site site =
                    new Site(
                            CONTRACTS,
                            blocks,
                            LocalSigning.DEPLOYER,
                            LocalSigning.RELAYER,
                            "http://localhost",
                            Duration.ZERO);
            Slots.Payload payload =
                    switch (step) {
                        case Step.Create create ->
                                new Slots.Payload(null, create.code().apply(site), PLENTY);
                        case Step.Act act ->
                                new Slots.Payload(
                                        site.at(act.target()), act.data().apply(site), PLENTY);
                    };
            byte[] raw =
                    signing.transaction(
                            new Slots.Place(1, LocalSigning.DEPLOYER, nonce++),
                            payload,
                            FEES,
                            CHAIN_ID);
            call("eth_sendRawTransaction", Bytes.hex(raw));
            mine();
            if (step instanceof Step.Create create) {
                blocks.put(create.kind(), height());
            }
        }
    }

    /** Where the contracts are follows from the order in which they are created. */
    private static Map<ContractKind, Address> contracts() {
        Map<ContractKind, Address> contracts = new EnumMap<>(ContractKind.class);
        long nonce = 0;
        for (Step step : Plan.steps()) {
            if (step instanceof Step.Create create) {
                contracts.put(
                        create.kind(),
                        Address.parse(
                                ContractUtils.generateContractAddress(
                                        LocalSigning.DEPLOYER.toString(),
                                        BigInteger.valueOf(nonce))));
            }
            nonce++;
        }
        return contracts;
    }

    /** As a finished deployment leaves it; mirrored from after the deployment. */
    static Contracts.Deployed deployed(Era era) {
        return new Contracts.Deployed(
                era.number(),
                CHAIN_ID,
                CONTRACTS,
                LocalSigning.DEPLOYER,
                LocalSigning.RELAYER,
                Plan.steps().size() + 1);
    }

    /** The block below which nothing is taken back. */
    long lowest() {
        return lowest;
    }

    Address at(ContractKind kind) {
        return Objects.requireNonNull(CONTRACTS.get(kind));
    }

    String url() {
        return anvil.url();
    }

    /** A client of its own, with nothing in between. */
    Node node() {
        return new RpcNode(rpc);
    }

    long height() {
        return Long.decode(rpc.send(JsonRpc.Request.of("eth_blockNumber")).asString());
    }

    void mine() {
        call("evm_mine");
    }

    void mine(int count) {
        call("anvil_mine", "0x" + Integer.toHexString(count));
    }

    /** Replaces this many of the newest blocks by empty ones; what was in them waits no more. */
    void reorganise(int depth) {
        call("anvil_reorg", depth, List.of());
        String code =
                rpc.send(
                                JsonRpc.Request.of(
                                        "eth_getCode",
                                        at(ContractKind.POINTS).toString(),
                                        "latest"))
                        .asString();
        if (code.length() <= 2) {
            throw new IllegalStateException("anvil has lost the contracts in a reorg of " + depth);
        }
    }

    void call(String method, Object... params) {
        rpc.send(JsonRpc.Request.of(method, params));
    }

    @Override
    public void close() {
        rpc.close();
        anvil.close();
    }
}
