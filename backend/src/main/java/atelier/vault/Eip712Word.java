package atelier.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.vault.TypedData.Field;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes one value of typed data as its word of 32 bytes, refusing what does not fit its type. */
final class Eip712Word {

    private static final int WORD = 32;
    private static final Pattern NUMBER = Pattern.compile("(u?)int([1-9][0-9]{0,2})");
    private static final Pattern FIXED_BYTES = Pattern.compile("bytes([1-9][0-9]?)");

    private Eip712Word() {}

    static byte[] of(Field field) {
        return switch (field.type()) {
            case "address" -> left(address(field).bytes());
            case "bool" -> left(new byte[] {(byte) (bool(field) ? 1 : 0)});
            case "string" -> Eip712.keccak(text(field).getBytes(UTF_8)).bytes();
            case "bytes" -> Eip712.keccak(bytes(field)).bytes();
            default -> sized(field);
        };
    }

    private static byte[] sized(Field field) {
        Matcher number = NUMBER.matcher(field.type());
        if (number.matches()) {
            return number(field, !number.group(1).isEmpty(), Integer.parseInt(number.group(2)));
        }
        Matcher fixed = FIXED_BYTES.matcher(field.type());
        if (fixed.matches()) {
            return fixedBytes(field, Integer.parseInt(fixed.group(1)));
        }
        throw new IllegalArgumentException("Unknown type in typed data: " + field.type());
    }

    private static byte[] number(Field field, boolean unsigned, int bits) {
        if (bits > 256 || bits % 8 != 0) {
            throw new IllegalArgumentException("Unknown type in typed data: " + field.type());
        }
        BigInteger value = integer(field);
        boolean fits =
                unsigned
                        ? value.signum() >= 0 && value.bitLength() <= bits
                        : value.bitLength() <= bits - 1;
        if (!fits) {
            throw misfit(field);
        }
        return extend(value);
    }

    /** Two's complement over the whole word. */
    private static byte[] extend(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] word = new byte[WORD];
        Arrays.fill(word, (byte) (value.signum() < 0 ? 0xff : 0));
        int length = Math.min(bytes.length, WORD);
        System.arraycopy(bytes, bytes.length - length, word, WORD - length, length);
        return word;
    }

    private static byte[] fixedBytes(Field field, int size) {
        byte[] value = bytes(field);
        if (size > WORD || value.length != size) {
            throw misfit(field);
        }
        return Arrays.copyOf(value, WORD);
    }

    private static byte[] left(byte[] value) {
        byte[] word = new byte[WORD];
        System.arraycopy(value, 0, word, WORD - value.length, value.length);
        return word;
    }

    private static BigInteger integer(Field field) {
        return switch (field.value()) {
            case BigInteger big -> big;
            case Long number -> BigInteger.valueOf(number);
            case Integer number -> BigInteger.valueOf(number);
            default -> throw misfit(field);
        };
    }

    private static Address address(Field field) {
        if (field.value() instanceof Address address) {
            return address;
        }
        throw misfit(field);
    }

    private static boolean bool(Field field) {
        if (field.value() instanceof Boolean bool) {
            return bool;
        }
        throw misfit(field);
    }

    private static String text(Field field) {
        if (field.value() instanceof String text) {
            return text;
        }
        throw misfit(field);
    }

    private static byte[] bytes(Field field) {
        return switch (field.value()) {
            case byte[] bytes -> bytes;
            case Hash32 hash -> hash.bytes();
            default -> throw misfit(field);
        };
    }

    private static IllegalArgumentException misfit(Field field) {
        return new IllegalArgumentException(
                "The value of %s does not fit %s".formatted(field.name(), field.type()));
    }
}
