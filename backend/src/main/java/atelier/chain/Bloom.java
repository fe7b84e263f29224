package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Hash;

/**
 * A header's summary of its block's logs: three bits for each log's address and for each of its
 * topics. Where a bit is missing, no log has it; of all the logs of a block, the bits are exactly
 * the header's.
 */
final class Bloom {

    private static final int BITS = 2048;
    private static final int REMEMBERED = 1 << 16;

    /** Bits that were asked for lately; the same few addresses and topics come again and again. */
    private static final AtomicReferenceArray<@Nullable Entry> LATELY =
            new AtomicReferenceArray<>(REMEMBERED);

    private static final class Entry {
        final Object key;
        final int[] bits;

        Entry(Object key, int[] bits) {
            this.key = key;
            this.bits = bits;
        }
    }

    private Bloom() {}

    static boolean mayHold(byte[] bloom, Collection<Address> contracts) {
        return contracts.stream().anyMatch(contract -> mayHold(bloom, bits(contract)));
    }

    /** Whether these are the logs that the bloom was made from, as far as it can tell. */
    static boolean isOf(byte[] bloom, Collection<Node.Log> logs) {
        byte[] made = new byte[bloom.length];
        for (Node.Log log : logs) {
            add(made, bits(log.address()));
            log.topics().forEach(topic -> add(made, bits(topic)));
        }
        return Arrays.equals(bloom, made);
    }

    private static boolean mayHold(byte[] bloom, int[] bits) {
        for (int bit : bits) {
            if ((bloom[bloom.length - 1 - bit / 8] & (1 << (bit % 8))) == 0) {
                return false;
            }
        }
        return true;
    }

    private static void add(byte[] bloom, int[] bits) {
        for (int bit : bits) {
            bloom[bloom.length - 1 - bit / 8] |= (byte) (1 << (bit % 8));
        }
    }

    private static int[] bits(Address address) {
        Entry known = known(address);
        return known == null ? remember(address, address.bytes()) : known.bits;
    }

    private static int[] bits(Hash32 topic) {
        Entry known = known(topic);
        return known == null ? remember(topic, topic.bytes()) : known.bits;
    }

    private static @Nullable Entry known(Object key) {
        Entry entry = LATELY.get(key.hashCode() & (REMEMBERED - 1));
        return entry != null && entry.key.equals(key) ? entry : null;
    }

    /** Three bits, each from two bytes of the hash. */
    private static int[] remember(Object key, byte[] text) {
        byte[] hash = Hash.sha3(text);
        int[] bits = new int[3];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (((hash[2 * i] & 0xff) << 8) | (hash[2 * i + 1] & 0xff)) % BITS;
        }
        LATELY.set(key.hashCode() & (REMEMBERED - 1), new Entry(key, bits));
        return bits;
    }
}
