package atelier.kernel;

import java.util.Arrays;

/** An account or a contract on the chain. */
public final class Address implements Comparable<Address> {

    /** Length in bytes. */
    public static final int LENGTH = 20;

    /** All bytes zero. */
    public static final Address ZERO = new Address(new byte[LENGTH]);

    private final byte[] bytes;

    private Address(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes exactly {@value #LENGTH} bytes.
     *
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static Address of(byte[] bytes) {
        return new Address(Bytes.exactly(LENGTH, bytes, "Address"));
    }

    /**
     * Parses {@value #LENGTH} bytes of hexadecimal, with or without {@code 0x}, in any case.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Address parse(String hex) {
        return of(Bytes.parse(hex));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(Address other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address that && Arrays.equals(bytes, that.bytes);
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
