package atelier.chain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Rows for one {@code COPY … FROM STDIN (FORMAT binary)}: half the bytes of the text format, and
 * nothing for the database to parse. Fields come in the order of the statement's columns.
 */
public final class CopyRows {

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    private static final long EPOCH_SECOND = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final long MICROS = 1_000_000;
    private static final int DIGITS = 10_000;
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS);
    private static final int NEGATIVE = 0x4000;

    private final String statement;
    private final int columns;
    private byte[] bytes = new byte[8_192];
    private int length;
    private int rows;

    private CopyRows(String statement, int columns) {
        this.statement = statement;
        this.columns = columns;
        raw(HEADER, HEADER.length);
    }

    /** No rows yet, for these columns of a table. */
    public static CopyRows into(String table, String... columns) {
        return new CopyRows(
                "COPY %s (%s) FROM STDIN (FORMAT binary)"
                        .formatted(table, String.join(", ", columns)),
                columns.length);
    }

    /** Begins the next row. */
    public CopyRows row() {
        rows++;
        return twoBytes(columns);
    }

    /** A {@code bytea}, or null. */
    public CopyRows bytes(byte @Nullable [] value) {
        if (value == null) {
            return nothing();
        }
        fourBytes(value.length);
        return raw(value, value.length);
    }

    /** A null of whatever type. */
    public CopyRows nothing() {
        return fourBytes(-1);
    }

    /** A {@code text}. */
    public CopyRows text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A {@code bigint}. */
    public CopyRows bigint(long value) {
        return fourBytes(8).eightBytes(value);
    }

    /** An {@code integer}. */
    public CopyRows integer(int value) {
        return fourBytes(4).fourBytes(value);
    }

    /** A {@code smallint}. */
    public CopyRows smallint(int value) {
        return fourBytes(2).twoBytes(value);
    }

    /** A {@code boolean}. */
    public CopyRows bool(boolean value) {
        fourBytes(1);
        return oneByte(value ? 1 : 0);
    }

    /** A {@code timestamptz}, to the second. */
    public CopyRows time(Instant value) {
        return fourBytes(8).eightBytes((value.getEpochSecond() - EPOCH_SECOND) * MICROS);
    }

    /** A {@code numeric} without a fraction: digits to the base of 10,000, the highest first. */
    public CopyRows numeric(BigInteger value) {
        int[] digits = digits(value.abs());
        int significant = digits.length;
        while (significant > 0 && digits[significant - 1] == 0) {
            significant--;
        }
        fourBytes(8 + 2 * significant)
                .twoBytes(significant)
                .twoBytes(Math.max(0, digits.length - 1))
                .twoBytes(value.signum() < 0 ? NEGATIVE : 0)
                .twoBytes(0);
        for (int i = 0; i < significant; i++) {
            twoBytes(digits[i]);
        }
        return this;
    }

    private static int[] digits(BigInteger value) {
        int[] lowestFirst = new int[20];
        int count = 0;
        BigInteger rest = value;
        while (rest.bitLength() > 62) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            lowestFirst = room(lowestFirst, count);
            lowestFirst[count++] = parts[1].intValue();
            rest = parts[0];
        }
        for (long left = rest.longValue(); left > 0; left /= DIGITS) {
            lowestFirst = room(lowestFirst, count);
            lowestFirst[count++] = (int) (left % DIGITS);
        }
        int[] digits = new int[count];
        for (int i = 0; i < count; i++) {
            digits[i] = lowestFirst[count - 1 - i];
        }
        return digits;
    }

    private static int[] room(int[] digits, int count) {
        return count < digits.length ? digits : Arrays.copyOf(digits, 2 * count);
    }

    /** Writes them, in the transaction of whoever calls. */
    public void write(JdbcTemplate database) {
        if (rows == 0) {
            return;
        }
        twoBytes(-1);
        ByteArrayInputStream input = new ByteArrayInputStream(bytes, 0, length);
        database.execute(
                (ConnectionCallback<@Nullable Void>)
                        connection -> {
                            try {
                                connection
                                        .unwrap(PGConnection.class)
                                        .getCopyAPI()
                                        .copyIn(connection.nativeSQL(statement), input, 65_536);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                            return null;
                        });
    }

    private CopyRows raw(byte[] value, int count) {
        reserve(count);
        System.arraycopy(value, 0, bytes, length, count);
        length += count;
        return this;
    }

    private CopyRows oneByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    private CopyRows twoBytes(int value) {
        reserve(2);
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
        return this;
    }

    private CopyRows fourBytes(int value) {
        return twoBytes(value >> 16).twoBytes(value);
    }

    private CopyRows eightBytes(long value) {
        return fourBytes((int) (value >> 32)).fourBytes((int) value);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
