package atelier.profit;

import atelier.kernel.Address;
import java.math.BigInteger;

/** A number as the chain hashes it: 32 bytes, the highest first. */
final class Word {

    static final int LENGTH = 32;

    private Word() {}

    static byte[] of(BigInteger number) {
        byte[] word = new byte[LENGTH];
        put(number, word, 0);
        return word;
    }

    static void put(BigInteger number, byte[] into, int at) {
        if (number.signum() < 0 || number.bitLength() > 8 * LENGTH) {
            throw new IllegalArgumentException(number + " has no 32 bytes");
        }
        byte[] digits = number.toByteArray();
        int length = Math.min(digits.length, LENGTH);
        System.arraycopy(digits, digits.length - length, into, at + LENGTH - length, length);
    }

    static void put(Address address, byte[] into, int at) {
        System.arraycopy(address.bytes(), 0, into, at + LENGTH - Address.LENGTH, Address.LENGTH);
    }
}
