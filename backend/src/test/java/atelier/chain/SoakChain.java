package atelier.chain;

import atelier.chain.deploy.Plan;
import atelier.chain.deploy.Site;
import atelier.chain.deploy.Step;
import atelier.devnet.DevChain;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.web3j.crypto.ContractUtils;

/** anvil that mines when it is told to, with the community's contracts on it. */
final class SoakChain implements AutoCloseable {

    static final long CHAIN_ID = 31337;

    private static final String LISTENING = "Listening on ";
    private static final BigInteger PLENTY = BigInteger.valueOf(15_000_000);
    private static final Fees FEES =
            new Fees(BigInteger.valueOf(20_000_000_000L), BigInteger.valueOf(1_000_000_000L));

    private static final Map<ContractKind, Address> CONTRACTS = contracts();

    private Process process;
    private final String url;
    private final JsonRpc rpc;
    private long lowest;

    private SoakChain(int port) {
        try {
            this.process = launch(port);
            this.url = listening(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.rpc = new JsonRpc(URI.create(url), Duration.ofSeconds(10));
        deploy();
    }

    static SoakChain start() {
        return new SoakChain(0);
    }

    private static Process launch(int port) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(program().toString());
        command.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(port)));
        command.addAll(List.of("--no-mining", "--chain-id", Long.toString(CHAIN_ID)));
        command.addAll(List.of("--hardfork", "osaka"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private static String listening(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String address = address(lines);
        Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
        return "http://" + address;
    }

    private static String address(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(LISTENING)) {
                return line.substring(LISTENING.length()).strip();
            }
        }
        throw new IllegalStateException("anvil ended before it listened");
    }

    private static Path program() throws IOException {
        try (InputStream home = DevChain.class.getResourceAsStream("home")) {
            if (home == null) {
                throw new IllegalStateException("chain-devnet was built without its resources");
            }
            return Path.of(new String(home.readAllBytes(), StandardCharsets.UTF_8).strip())
                    .resolve("node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil");
        }
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
                            "http://localhost");
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
        lowest = height();
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

    /**
     * A new chain at the same address; anvil forgets code where it reverts and reorganises both.
     */
    void renew() {
        process.destroyForcibly().onExit().join();
        try {
            process = launch(URI.create(url).getPort());
            listening(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        deploy();
    }

    /** The block below which nothing is taken back. */
    long lowest() {
        return lowest;
    }

    Address at(ContractKind kind) {
        return Objects.requireNonNull(CONTRACTS.get(kind));
    }

    String url() {
        return url;
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
    }

    void call(String method, Object... params) {
        rpc.send(JsonRpc.Request.of(method, params));
    }

    @Override
    public void close() {
        rpc.close();
        process.destroyForcibly().onExit().join();
    }
}
