package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A node behind JSON-RPC. */
final class RpcNode implements Node {

    private static final int ESTIMATES = 50;
    private static final byte[] NO_DATA = new byte[0];

    private final JsonRpc rpc;

    RpcNode(JsonRpc rpc) {
        this.rpc = rpc;
    }

    @Override
    public long chainId() {
        return number(send("eth_chainId")).longValueExact();
    }

    @Override
    public Header head() {
        return header(Node.LATEST).orElseThrow(() -> new NodeUnavailable("The node has no head"));
    }

    @Override
    public Optional<Header> header(String tag) {
        return header(send("eth_getBlockByNumber", tag, false));
    }

    @Override
    public List<Header> headers(long from, long to) {
        List<JsonRpc.Request> requests = new ArrayList<>();
        for (long block = from; block <= to; block++) {
            requests.add(JsonRpc.Request.of("eth_getBlockByNumber", Node.tag(block), false));
        }
        List<Header> headers = new ArrayList<>();
        for (JsonNode reply : rpc.sendAll(requests)) {
            Optional<Header> header = header(reply);
            if (header.isEmpty()) {
                break;
            }
            headers.add(header.get());
        }
        return headers;
    }

    @Override
    public List<Log> logs(Collection<Address> contracts, Hash32 block) {
        return logs(Map.of("address", hex(contracts), "blockHash", block.toString()));
    }

    @Override
    public List<Log> logs(Collection<Address> contracts, long from, long to) {
        return logs(
                Map.of(
                        "address",
                        hex(contracts),
                        "fromBlock",
                        Node.tag(from),
                        "toBlock",
                        Node.tag(to)));
    }

    @Override
    public List<Receipt> receipts(List<Hash32> transactions) {
        if (transactions.isEmpty()) {
            return List.of();
        }
        List<JsonRpc.Request> requests =
                transactions.stream()
                        .map(tx -> JsonRpc.Request.of("eth_getTransactionReceipt", tx.toString()))
                        .toList();
        return rpc.sendAll(requests).stream()
                .filter(reply -> !reply.isNull() && !reply.path("blockHash").isNull())
                .map(RpcNode::receipt)
                .toList();
    }

    @Override
    public List<Hash32> transactions(Hash32 block) {
        JsonNode reply = send("eth_getBlockByHash", block.toString(), false);
        if (reply.isNull()) {
            throw new NodeUnavailable("The node does not have block " + block);
        }
        List<Hash32> transactions = new ArrayList<>();
        for (JsonNode tx : reply.path("transactions")) {
            transactions.add(Hash32.parse(tx.asString()));
        }
        return transactions;
    }

    @Override
    public List<Sent> sent(List<Hash32> transactions) {
        List<JsonRpc.Request> requests =
                transactions.stream()
                        .map(tx -> JsonRpc.Request.of("eth_getTransactionByHash", tx.toString()))
                        .toList();
        return rpc.sendAll(requests).stream()
                .filter(reply -> !reply.isNull() && !reply.path("blockHash").isNull())
                .map(RpcNode::sent)
                .toList();
    }

    private static Sent sent(JsonNode transaction) {
        return new Sent(
                Hash32.parse(transaction.get("hash").asString()),
                Address.parse(transaction.get("from").asString()),
                transaction.hasNonNull("to")
                        ? Address.parse(transaction.get("to").asString())
                        : null,
                Bytes.parse(transaction.get("input").asString()));
    }

    @Override
    public byte[] call(Tried tried, String tag) {
        return Bytes.parse(send("eth_call", json(tried), tag).asString());
    }

    @Override
    public byte[] callAsIf(Tried tried, Map<Hash32, Hash32> storage) {
        Map<String, String> words = new LinkedHashMap<>();
        storage.forEach((place, word) -> words.put(place.toString(), word.toString()));
        Map<String, Object> otherwise =
                Map.of(String.valueOf(tried.to()), Map.of("stateDiff", words));
        return Bytes.parse(send("eth_call", json(tried), Node.LATEST, otherwise).asString());
    }

    @Override
    public BigInteger estimateGas(Tried tried) {
        return number(send("eth_estimateGas", json(tried)));
    }

    /** A node that takes no code from us is asked for estimates, each as if it were alone. */
    @Override
    public List<Rehearsed> rehearse(Address forwarder, List<Act> acts) {
        if (acts.isEmpty()) {
            return List.of();
        }
        try {
            byte[] answer = Bytes.parse(rpc.send(Rehearsal.question(forwarder, acts)).asString());
            return Rehearsal.read(answer);
        } catch (NodeRefused | IndexOutOfBoundsException e) {
            return estimates(forwarder, acts.subList(0, Math.min(acts.size(), ESTIMATES)));
        }
    }

    private List<Rehearsed> estimates(Address forwarder, List<Act> acts) {
        List<JsonRpc.Request> requests = new ArrayList<>();
        for (Act act : acts) {
            byte[] nonces = Calldata.nonces(act.from());
            requests.add(
                    JsonRpc.Request.of(
                            "eth_call",
                            json(new Tried(Address.ZERO, forwarder, nonces, null)),
                            Node.LATEST));
            byte[] data = Calldata.join(act.data(), act.from().bytes());
            requests.add(
                    JsonRpc.Request.of(
                            "eth_estimateGas", json(new Tried(forwarder, act.to(), data, null))));
        }
        List<JsonRpc.Answer> answers = rpc.askAll(requests);
        List<Rehearsed> rehearsed = new ArrayList<>();
        for (int i = 0; i < answers.size(); i += 2) {
            long nonce =
                    new BigInteger(1, Bytes.parse(answers.get(i).get().asString())).longValue();
            rehearsed.add(estimate(nonce, answers.get(i + 1)));
        }
        return rehearsed;
    }

    private static Rehearsed estimate(long nonce, JsonRpc.Answer answer) {
        NodeRefused refusal = answer.refusal();
        if (refusal == null) {
            long gas = number(answer.get()).longValueExact();
            return new Rehearsed(true, gas, nonce, NO_DATA);
        }
        if (!ContractErrors.isRevert(refusal)) {
            throw refusal;
        }
        byte[] data = refusal.data();
        return new Rehearsed(false, 0, nonce, data == null ? NO_DATA : data);
    }

    @Override
    public long transactionCount(Address account, String tag) {
        return number(send("eth_getTransactionCount", account.toString(), tag)).longValueExact();
    }

    @Override
    public BigInteger balance(Address account) {
        return number(send("eth_getBalance", account.toString(), Node.LATEST));
    }

    @Override
    public BigInteger priorityFee() {
        return number(send("eth_maxPriorityFeePerGas"));
    }

    @Override
    public void broadcast(byte[] raw) {
        send("eth_sendRawTransaction", Bytes.hex(raw));
    }

    private JsonNode send(String method, Object... params) {
        return rpc.send(JsonRpc.Request.of(method, params));
    }

    private List<Log> logs(Map<String, Object> filter) {
        return rpc.sendForList(JsonRpc.Request.of("eth_getLogs", filter), new LogReader()::read);
    }

    private static Map<String, Object> json(Tried tried) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", tried.from().toString());
        if (tried.to() != null) {
            json.put("to", tried.to().toString());
        }
        json.put("data", Bytes.hex(tried.data()));
        if (tried.gas() != null) {
            json.put("gas", "0x" + tried.gas().toString(16));
        }
        return json;
    }

    private static List<String> hex(Collection<Address> addresses) {
        return addresses.stream().map(Address::toString).toList();
    }

    private static Optional<Header> header(JsonNode block) {
        if (block.isNull() || block.path("hash").isNull()) {
            return Optional.empty();
        }
        return Optional.of(
                new Header(
                        number(block.get("number")).longValueExact(),
                        Hash32.parse(block.get("hash").asString()),
                        Hash32.parse(block.get("parentHash").asString()),
                        Instant.ofEpochSecond(number(block.get("timestamp")).longValueExact()),
                        Bytes.parse(block.get("logsBloom").asString()),
                        block.hasNonNull("baseFeePerGas")
                                ? number(block.get("baseFeePerGas"))
                                : BigInteger.ZERO,
                        number(block.get("gasLimit"))));
    }

    private static Receipt receipt(JsonNode receipt) {
        List<Log> logs = new ArrayList<>();
        for (JsonNode log : receipt.get("logs")) {
            logs.add(log(log));
        }
        return new Receipt(
                Hash32.parse(receipt.get("transactionHash").asString()),
                number(receipt.get("blockNumber")).longValueExact(),
                Hash32.parse(receipt.get("blockHash").asString()),
                number(receipt.get("status")).signum() > 0,
                logs);
    }

    private static Log log(JsonNode log) {
        List<Hash32> topics = new ArrayList<>();
        for (JsonNode topic : log.get("topics")) {
            topics.add(Hash32.parse(topic.asString()));
        }
        return new Log(
                Address.parse(log.get("address").asString()),
                topics,
                Bytes.parse(log.get("data").asString()),
                number(log.get("blockNumber")).longValueExact(),
                Hash32.parse(log.get("blockHash").asString()),
                Hash32.parse(log.get("transactionHash").asString()),
                number(log.get("transactionIndex")).intValueExact(),
                number(log.get("logIndex")).intValueExact());
    }

    private static BigInteger number(JsonNode hex) {
        String text = hex.asString();
        if (!text.matches("0x[0-9a-fA-F]+")) {
            throw new NodeUnavailable("The node's answer is not a number: " + text);
        }
        return new BigInteger(text.substring(2), 16);
    }
}
