package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.web3j.crypto.Hash;

/**
 * Reads what calldata asks of the forwarder and of the points, offset by offset as Solidity does.
 */
@SuppressWarnings("ArrayRecordComponent")
record CallReader(byte[] bytes) {

    /** A forward request as it travels; its nonce does not. */
    record Request(
            Address from,
            Address to,
            BigInteger value,
            BigInteger gas,
            BigInteger deadline,
            byte[] data,
            byte[] signature) {}

    /** An item of a batch issue. */
    record Item(Address to, BigInteger amount, IntentId id) {}

    /** A call without the id behind it. */
    record Named(byte[] call, IntentId id) {}

    private static final int SELECTOR = 4;
    private static final int WORD = 32;
    private static final int MOST = 10_000;
    private static final String REQUEST = "(address,address,uint256,uint256,uint48,bytes,bytes)";
    private static final byte[] EXECUTE = selector("execute(" + REQUEST + ")");
    private static final byte[] EXECUTE_BATCH = selector("executeBatch(" + REQUEST + "[],address)");
    private static final byte[] ISSUE = selector("issue(bytes32,(address,uint96,bytes32)[])");

    /** The requests that the forwarder reads here, in order; none if it reads something else. */
    Optional<List<Request>> requests() {
        try {
            if (starts(EXECUTE)) {
                return Optional.of(List.of(request(SELECTOR + offset(SELECTOR))));
            }
            return starts(EXECUTE_BATCH) ? Optional.of(batch()) : Optional.empty();
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** The items that the points read here; none if they read something else. */
    Optional<List<Item>> issues() {
        try {
            return starts(ISSUE) ? Optional.of(items()) : Optional.empty();
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** A function's call with an intent's id behind it. */
    Optional<Named> named() {
        int end = bytes.length - WORD;
        return end < SELECTOR
                ? Optional.empty()
                : Optional.of(
                        new Named(Arrays.copyOf(bytes, end), new IntentId(Hash32.of(word(end)))));
    }

    private List<Request> batch() {
        int array = SELECTOR + offset(SELECTOR);
        int count = count(array);
        int first = array + WORD;
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(request(first + offset(first + WORD * i)));
        }
        return requests;
    }

    private Request request(int at) {
        return new Request(
                address(at),
                address(at + WORD),
                number(at + 2 * WORD),
                number(at + 3 * WORD),
                number(at + 4 * WORD),
                text(at + offset(at + 5 * WORD)),
                text(at + offset(at + 6 * WORD)));
    }

    private List<Item> items() {
        int array = SELECTOR + offset(SELECTOR + WORD);
        int count = count(array);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = array + WORD + 3 * WORD * i;
            items.add(
                    new Item(
                            address(at),
                            number(at + WORD),
                            new IntentId(Hash32.of(word(at + 2 * WORD)))));
        }
        return items;
    }

    private boolean starts(byte[] selector) {
        return bytes.length >= SELECTOR && Arrays.equals(bytes, 0, SELECTOR, selector, 0, SELECTOR);
    }

    private int count(int at) {
        int count = offset(at);
        if (count > MOST) {
            throw new IndexOutOfBoundsException(count);
        }
        return count;
    }

    private int offset(int at) {
        return number(at).intValueExact();
    }

    private BigInteger number(int at) {
        return new BigInteger(1, word(at));
    }

    private Address address(int at) {
        return Address.of(Arrays.copyOfRange(word(at), WORD - Address.LENGTH, WORD));
    }

    private byte[] text(int at) {
        return part(Math.addExact(at, WORD), offset(at));
    }

    private byte[] word(int at) {
        return part(at, WORD);
    }

    private byte[] part(int at, int length) {
        Objects.checkFromIndexSize(at, length, bytes.length);
        return Arrays.copyOfRange(bytes, at, at + length);
    }

    private static byte[] selector(String signature) {
        return Arrays.copyOf(Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII)), SELECTOR);
    }
}
