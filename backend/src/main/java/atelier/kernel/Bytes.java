package atelier.kernel;

import java.util.HexFormat;

/** Hexadecimal text to bytes and back, with the {@code 0x} that the chain's formats expect. */
public final class Bytes {

    private static final HexFormat HEX = HexFormat.of();

    private Bytes() {}

    /** Lower-case hexadecimal with a leading {@code 0x}. */
    public static String hex(byte[] bytes) {
        return "0x" + HEX.formatHex(bytes);
    }

    /**
     * Parses an even number of hexadecimal digits, with or without {@code 0x}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static byte[] parse(String hex) {
        int start = hex.startsWith("0x") || hex.startsWith("0X") ? 2 : 0;
        return HEX.parseHex(hex, start, hex.length());
    }

    static byte[] exactly(int length, byte[] bytes, String what) {
        if (bytes.length != length) {
            throw new IllegalArgumentException(
                    "%s has %d bytes, not %d".formatted(what, bytes.length, length));
        }
        return bytes.clone();
    }
}
