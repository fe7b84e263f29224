package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What one of the community's contracts said, and where; words are those of its ABI encoding.
 *
 * @param time when its block was mined, by the block's own clock
 */
@SuppressWarnings("ArrayRecordComponent")
public record ContractLog(
        long block,
        Instant time,
        int index,
        Hash32 tx,
        ContractKind contract,
        List<Hash32> topics,
        byte[] data) {

    private static final int PADDING = Hash32.LENGTH - Address.LENGTH;

    /** Whether its first topic is this. */
    public boolean is(Hash32 event) {
        return !topics.isEmpty() && topics.getFirst().equals(event);
    }

    /** An indexed address; topic 0 is the event itself. */
    public Address addressTopic(int topic) {
        byte[] bytes = topics.get(topic).bytes();
        return Address.of(Arrays.copyOfRange(bytes, PADDING, Hash32.LENGTH));
    }

    /** An indexed number. */
    public BigInteger numberTopic(int topic) {
        return new BigInteger(1, topics.get(topic).bytes());
    }

    /** The n-th word of the data, from 0, as a number; words past the end are zero. */
    public BigInteger number(int word) {
        return new BigInteger(1, bytes(word));
    }

    /**
     * The list whose place the n-th word of the data says, as numbers.
     *
     * @throws IllegalArgumentException if the data ends before the list does
     */
    public List<BigInteger> numbers(int word) {
        int list = number(word).intValueExact() / Hash32.LENGTH;
        int length = number(list).intValueExact();
        if ((list + 1L + length) * Hash32.LENGTH > data.length) {
            throw new IllegalArgumentException("a list of " + length + " ends too early");
        }
        return IntStream.rangeClosed(list + 1, list + length).mapToObj(this::number).toList();
    }

    /** The n-th word of the data as an address. */
    public Address address(int word) {
        return Address.of(Arrays.copyOfRange(bytes(word), PADDING, Hash32.LENGTH));
    }

    /** The n-th word of the data as it is. */
    public byte[] bytes(int word) {
        int start = Math.multiplyExact(word, Hash32.LENGTH);
        return start >= data.length
                ? new byte[Hash32.LENGTH]
                : Arrays.copyOfRange(data, start, start + Hash32.LENGTH);
    }
}
