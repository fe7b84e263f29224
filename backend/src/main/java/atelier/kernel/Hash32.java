package atelier.kernel;

import java.util.Arrays;

/** Thirty-two bytes: a block's, a transaction's, an order's or a content's hash. */
public final class Hash32 implements Comparable<Hash32> {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** All bytes zero. */
    public static final Hash32 ZERO = new Hash32(new byte[LENGTH]);

    private final byte[] bytes;

    private Hash32(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes exactly {@value #LENGTH} bytes.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static Hash32 of(byte[] bytes) {
        return new Hash32(Bytes.exactly(LENGTH, bytes, "Hash32"));
    }

    /**
     * Parses {@value #LENGTH} bytes of hexadecimal, with or without {@code 0x}, in any case.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Hash32 parse(String hex) {
        return of(Bytes.parse(hex));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(Hash32 other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash32 that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Lower-case hexadecimal with {@code 0x}. */
    @Override
    public String toString() {
        return Bytes.hex(bytes);
    }
}
