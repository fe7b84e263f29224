package atelier.audit;

import atelier.chain.ContractKind;
import atelier.chain.deploy.Plan;
import atelier.chain.deploy.Site;
import atelier.chain.deploy.Step;
import atelier.contracts.Market;
import atelier.contracts.Points;
import atelier.devnet.DevAccount;
import atelier.devnet.DevChain;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Bytes4;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.abi.datatypes.generated.Uint88;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Sign;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The community's contracts on a development chain, whose accounts act by themselves; the first one
 * deployed them and stays their admin.
 */
final class Community implements AutoCloseable {

    static final int ADMIN = 0;
    static final int RELAYER = 1;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PLENTY = "0xe4e1c0";
    private static final String HANDOVER = "place what each role may do";
    private static final Uint64 SHARES = new Uint64(3);
    private static final BigInteger NEVER = BigInteger.ONE.shiftLeft(48).subtract(BigInteger.ONE);

    private final DevChain chain;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<ContractKind, Address> contracts = new EnumMap<>(ContractKind.class);
    private long salt;

    private Community(DevChain chain) {
        this.chain = chain;
    }

    static Community found(DevChain.Mode node) {
        Community community =
                new Community(
                        DevChain.start(DevChain.Options.inMemory().mode(node).confirmations(0)));
        community.deploy();
        return community;
    }

    /** All but the handing over, so that what votes decide is done here by a call. */
    private void deploy() {
        Map<ContractKind, Long> blocks = new EnumMap<>(ContractKind.class);
        for (Step step : Plan.steps()) {
            if (step.name().equals(HANDOVER)) {
                break;
            }
            Site site =
                    new Site(
                            contracts,
                            blocks,
                            account(ADMIN),
                            account(RELAYER),
                            "http://x",
                            Duration.ZERO);
            switch (step) {
                case Step.Create create -> {
                    JsonNode receipt = send(ADMIN, null, create.code().apply(site));
                    contracts.put(
                            create.kind(),
                            Address.parse(receipt.get("contractAddress").asString()));
                    blocks.put(create.kind(), Long.decode(receipt.get("blockNumber").asString()));
                }
                case Step.Act act -> send(ADMIN, at(act.target()), act.data().apply(site));
            }
        }
        Bytes4 fund = new Bytes4(Bytes.parse(Hash.sha3String("fund(uint256)").substring(0, 10)));
        act(
                ADMIN,
                ContractKind.ACCESS_MANAGER,
                "setTargetFunctionRole",
                address(at(ContractKind.TREASURY)),
                new DynamicArray<>(Bytes4.class, List.of(fund)),
                SHARES);
        act(
                ADMIN,
                ContractKind.ACCESS_MANAGER,
                "grantRole",
                SHARES,
                address(at(ContractKind.PROFIT_SHARE)),
                new Uint32(0));
    }

    String url() {
        return chain.rpcUrl();
    }

    Address at(ContractKind kind) {
        return Objects.requireNonNull(contracts.get(kind), kind::directoryName);
    }

    Address account(int number) {
        return Address.parse(DevChain.accounts().get(number).address());
    }

    /** Gives points out of nothing. */
    void issue(int to, long units) {
        Points.Issue item =
                new Points.Issue(
                        account(to).toString(), BigInteger.valueOf(units), Hash32.ZERO.bytes());
        act(
                RELAYER,
                ContractKind.POINTS,
                "issue",
                bytes32(salt()),
                new DynamicArray<>(Points.Issue.class, List.of(item)));
    }

    void join(int member) {
        act(ADMIN, ContractKind.SEATS, "join", address(account(member)));
    }

    void offer(int kind, int supplier, long price, long stock) {
        act(
                ADMIN,
                ContractKind.SUPPLIES,
                "defineSupply",
                new Uint8(kind),
                address(account(supplier)),
                new Uint88(price),
                number(stock),
                new Utf8String("supply"));
    }

    /** Sells a work: the seller signs, the buyer, whom nobody brought, fills. */
    void sell(int seller, int buyer, BigInteger work, long price, long transferNonce) {
        sell(seller, buyer, work, price, transferNonce, Address.ZERO);
    }

    /** Sells a work to a buyer whom somebody brought. */
    void sell(
            int seller,
            int buyer,
            BigInteger work,
            long price,
            long transferNonce,
            Address promoter) {
        Market.Order order =
                new Market.Order(
                        account(seller).toString(),
                        work,
                        BigInteger.valueOf(price),
                        BigInteger.ZERO,
                        BigInteger.valueOf(transferNonce),
                        BigInteger.ZERO,
                        NEVER,
                        Address.ZERO.toString(),
                        salt().bytes());
        byte[] hash = ask(ContractKind.MARKET, "hashOf", order);
        DevAccount maker = DevChain.accounts().get(seller);
        Sign.SignatureData signed =
                Sign.signMessage(
                        hash, Credentials.create(maker.privateKey()).getEcKeyPair(), false);
        byte[] signature = new byte[65];
        System.arraycopy(signed.getR(), 0, signature, 0, 32);
        System.arraycopy(signed.getS(), 0, signature, 32, 32);
        signature[64] = signed.getV()[0];
        act(
                buyer,
                ContractKind.MARKET,
                "fill",
                order,
                new DynamicBytes(signature),
                address(promoter));
    }

    /** Lets so much time pass. */
    void pass(Duration time) {
        rpc("evm_increaseTime", time.toSeconds());
        rpc("evm_mine");
    }

    void act(int from, ContractKind to, String function, Type<?>... arguments) {
        send(from, at(to), encoded(function, arguments));
    }

    byte[] ask(ContractKind contract, String function, Type<?>... arguments) {
        return Bytes.parse(
                rpc(
                                "eth_call",
                                Map.of(
                                        "to",
                                        at(contract).toString(),
                                        "data",
                                        Bytes.hex(encoded(function, arguments))),
                                "latest")
                        .asString());
    }

    private JsonNode send(int from, @Nullable Address to, byte[] data) {
        Map<String, Object> transaction = new HashMap<>();
        transaction.put("from", account(from).toString());
        transaction.put("data", Bytes.hex(data));
        transaction.put("gas", PLENTY);
        if (to != null) {
            transaction.put("to", to.toString());
        }
        String hash = rpc("eth_sendTransaction", transaction).asString();
        JsonNode receipt = rpc("eth_getTransactionReceipt", hash);
        if (!receipt.path("status").asString().equals("0x1")) {
            throw new IllegalStateException("Reverted: " + receipt);
        }
        return receipt;
    }

    JsonNode rpc(String method, Object... params) {
        String body =
                JSON.writeValueAsString(
                        Map.of(
                                "jsonrpc",
                                "2.0",
                                "id",
                                1,
                                "method",
                                method,
                                "params",
                                List.of(params)));
        try {
            JsonNode answer =
                    JSON.readTree(
                            http.send(
                                            HttpRequest.newBuilder(URI.create(url()))
                                                    .header("Content-Type", "application/json")
                                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                                    .build(),
                                            HttpResponse.BodyHandlers.ofString())
                                    .body());
            if (!answer.has("result")) {
                throw new IllegalStateException(method + ": " + answer);
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Hash32 salt() {
        salt++;
        return Hash32.parse("%064x".formatted(salt));
    }

    static Uint256 number(long value) {
        return new Uint256(value);
    }

    static Bytes32 bytes32(Hash32 hash) {
        return new Bytes32(hash.bytes());
    }

    static org.web3j.abi.datatypes.Address address(Address account) {
        return new org.web3j.abi.datatypes.Address(account.toString());
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static byte[] encoded(String function, Type<?>... arguments) {
        return Bytes.parse(
                FunctionEncoder.encode(
                        new Function(function, (List) List.of(arguments), List.of())));
    }

    @Override
    public void close() {
        http.shutdownNow();
        chain.close();
    }
}
