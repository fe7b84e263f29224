package atelier.chain;

import atelier.kernel.Address;
import org.web3j.crypto.Hash;

/** A header's summary of whose logs a block has: no is certain, yes is likely. */
final class Bloom {

    private static final int BITS = 2048;

    private Bloom() {}

    static boolean mayHold(byte[] bloom, Iterable<Address> contracts) {
        for (Address contract : contracts) {
            if (mayHold(bloom, contract)) {
                return true;
            }
        }
        return false;
    }

    /** Three bits, each from two bytes of the address's hash. */
    private static boolean mayHold(byte[] bloom, Address contract) {
        byte[] hash = Hash.sha3(contract.bytes());
        for (int i = 0; i < 6; i += 2) {
            int bit = (((hash[i] & 0xff) << 8) | (hash[i + 1] & 0xff)) % BITS;
            if ((bloom[bloom.length - 1 - bit / 8] & (1 << (bit % 8))) == 0) {
                return false;
            }
        }
        return true;
    }
}
