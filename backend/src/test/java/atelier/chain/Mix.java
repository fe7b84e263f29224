package atelier.chain;

import atelier.kernel.Hash32;
import java.nio.ByteBuffer;

/** Sums that scatter well and cost little, for fakes that need no cryptography. */
final class Mix {

    private Mix() {}

    /** SplitMix64's finisher. */
    static long of(long number) {
        long z = number + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    static long of(byte[] bytes) {
        long sum = 0xcbf29ce484222325L;
        for (byte b : bytes) {
            sum = (sum ^ (b & 0xff)) * 0x100000001b3L;
        }
        return of(sum);
    }

    /** Thirty-two bytes that follow from a number. */
    static Hash32 hash(long number) {
        ByteBuffer bytes = ByteBuffer.allocate(Hash32.LENGTH);
        for (int i = 0; i < 4; i++) {
            bytes.putLong(of(number * 4 + i));
        }
        return Hash32.of(bytes.array());
    }
}
