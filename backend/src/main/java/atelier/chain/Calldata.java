package atelier.chain;

import atelier.chain.IntentStore.Waiting;
import atelier.kernel.Address;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.web3j.crypto.Hash;

/**
 * The calls that carry hundreds of intents, as the ABI has them: web3j's encoder takes longer for
 * one of those than the node for all that it does.
 */
final class Calldata {

    private static final int WORD = 32;
    private static final int SELECTOR = 4;
    private static final int ZERO_BYTE_GAS = 4;
    private static final int OTHER_BYTE_GAS = 16;

    private static final byte[] EXECUTE_BATCH =
            selector(
                    "executeBatch((address,address,uint256,uint256,uint48,bytes,bytes)[],address)");
    private static final byte[] REHEARSE = selector("rehearse((address,address,bytes)[],uint256)");
    private static final byte[] NONCES = selector("nonces(address)");
    private static final byte[] ISSUE = selector("issue(bytes32,(address,uint96,bytes32)[])");

    private Calldata() {}

    /** Requests for the forwarder; with a refund receiver it passes over what is not valid. */
    static byte[] executeBatch(List<CallReader.Request> requests, Address refundReceiver) {
        int[] lengths =
                requests.stream()
                        .mapToInt(r ->
                                9 * WORD + padded(r.data().length) + padded(r.signature().length))
                        .toArray();
        ByteBuffer out = ByteBuffer.allocate(length(2 * WORD, lengths)).put(EXECUTE_BATCH);
        word(out, 2 * WORD);
        word(out, refundReceiver.bytes());
        arrayHead(out, lengths);
        for (CallReader.Request request : requests) {
            word(out, request.from().bytes());
            word(out, request.to().bytes());
            word(out, request.value());
            word(out, request.gas());
            word(out, request.deadline());
            word(out, 7 * WORD);
            word(out, 8 * WORD + padded(request.data().length));
            bytes(out, request.data());
            bytes(out, request.signature());
        }
        return out.array();
    }

    /** Acts for the rehearsal, each with at most so much gas. */
    static byte[] rehearse(List<Node.Act> acts, long gasEach) {
        int[] lengths = acts.stream().mapToInt(a -> 4 * WORD + padded(a.data().length)).toArray();
        ByteBuffer out = ByteBuffer.allocate(length(2 * WORD, lengths)).put(REHEARSE);
        word(out, 2 * WORD);
        word(out, gasEach);
        arrayHead(out, lengths);
        for (Node.Act act : acts) {
            word(out, act.from().bytes());
            word(out, act.to().bytes());
            word(out, 3 * WORD);
            bytes(out, act.data());
        }
        return out.array();
    }

    /** Points for every intent; the batch's id follows from theirs. */
    static byte[] issue(List<Waiting> intents) {
        return issue(batchId(intents), intents.stream().map(Calldata::item).toList());
    }

    /** All of a batch's points for its first account, under the batch's own id. */
    static byte[] issueSum(List<Waiting> intents) {
        Item first = item(intents.getFirst());
        BigInteger sum =
                intents.stream()
                        .map(one -> item(one).amount())
                        .reduce(BigInteger.ZERO, BigInteger::add);
        return issue(batchId(intents), List.of(new Item(first.to(), sum, first.id())));
    }

    /** The smallest amount for so many accounts that nobody has. */
    static byte[] issueToStrangers(int count) {
        List<Item> items = new ArrayList<>();
        byte[] id = Hash.sha3("a batch that never is sent".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < count; i++) {
            byte[] next = Hash.sha3(id);
            Address stranger = Address.of(Arrays.copyOf(next, Address.LENGTH));
            items.add(new Item(stranger, BigInteger.ONE, next));
            id = next;
        }
        return issue(id, items);
    }

    /** Points for an account, and the id of what they are for. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Item(Address to, BigInteger amount, byte[] id) {}

    private static Item item(Waiting intent) {
        Call.Issue call = (Call.Issue) intent.call();
        return new Item(call.to(), call.amount().units(), intent.id().hash().bytes());
    }

    private static byte[] batchId(List<Waiting> intents) {
        ByteBuffer ids = ByteBuffer.allocate(WORD * intents.size());
        intents.forEach(one -> ids.put(one.id().hash().bytes()));
        return Hash.sha3(ids.array());
    }

    private static byte[] issue(byte[] batchId, List<Item> items) {
        ByteBuffer out = ByteBuffer.allocate(SELECTOR + 3 * WORD * (1 + items.size()));
        out.put(ISSUE).put(batchId);
        word(out, 2 * WORD);
        word(out, items.size());
        for (Item item : items) {
            word(out, item.to().bytes());
            word(out, item.amount());
            out.put(item.id());
        }
        return out.array();
    }

    /** The question for an account's next nonce at the forwarder. */
    static byte[] nonces(Address account) {
        ByteBuffer out = ByteBuffer.allocate(SELECTOR + WORD).put(NONCES);
        word(out, account.bytes());
        return out.array();
    }

    static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
    }

    /** What calldata costs by itself. */
    static long gas(byte[] data) {
        long gas = 0;
        for (byte one : data) {
            gas += one == 0 ? ZERO_BYTE_GAS : OTHER_BYTE_GAS;
        }
        return gas;
    }

    /** Length of a call whose first argument is an array of structs without a fixed length. */
    private static int length(int head, int[] lengths) {
        return SELECTOR + head + WORD + WORD * lengths.length + Arrays.stream(lengths).sum();
    }

    private static void arrayHead(ByteBuffer out, int[] lengths) {
        word(out, lengths.length);
        int at = WORD * lengths.length;
        for (int length : lengths) {
            word(out, at);
            at += length;
        }
    }

    private static void word(ByteBuffer out, long number) {
        out.position(out.position() + WORD - Long.BYTES);
        out.putLong(number);
    }

    private static void word(ByteBuffer out, BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = Math.max(0, bytes.length - WORD);
        out.position(out.position() + WORD - (bytes.length - from));
        out.put(bytes, from, bytes.length - from);
    }

    private static void word(ByteBuffer out, byte[] bytes) {
        out.position(out.position() + WORD - bytes.length);
        out.put(bytes);
    }

    private static void bytes(ByteBuffer out, byte[] bytes) {
        word(out, bytes.length);
        out.put(bytes);
        out.position(out.position() + padded(bytes.length) - bytes.length);
    }

    private static int padded(int length) {
        return (length + WORD - 1) / WORD * WORD;
    }

    private static byte[] selector(String signature) {
        return Arrays.copyOf(Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII)), SELECTOR);
    }
}
