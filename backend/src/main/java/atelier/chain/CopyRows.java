package atelier.chain;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
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
    private static final BigInteger FOUR_DIGITS = BigInteger.valueOf(10_000_000_000_000_000L);
    private static final int NEGATIVE = 0x4000;
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final String statement;
    private final int columns;
    private byte[] bytes = new byte[8_192];
    private int[] digits = new int[24];
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
        int count = digits(value.abs());
        int last = 0;
        while (last < count && digits[last] == 0) {
            last++;
        }
        fourBytes(8 + 2 * (count - last))
                .twoBytes(count - last)
                .twoBytes(Math.max(0, count - 1))
                .twoBytes(value.signum() < 0 ? NEGATIVE : 0)
                .twoBytes(0);
        for (int i = count - 1; i >= last; i--) {
            twoBytes(digits[i]);
        }
        return this;
    }

    /** Finds a number's digits, the lowest first; how many it has. */
    private int digits(BigInteger value) {
        int count = 0;
        BigInteger rest = value;
        while (rest.bitLength() > 62) {
            BigInteger[] parts = rest.divideAndRemainder(FOUR_DIGITS);
            long part = parts[1].longValue();
            for (int i = 0; i < 4; i++) {
                count = digit(count, part % DIGITS);
                part /= DIGITS;
            }
            rest = parts[0];
        }
        for (long left = rest.longValue(); left > 0; left /= DIGITS) {
            count = digit(count, left % DIGITS);
        }
        return count;
    }

    private int digit(int count, long digit) {
        if (count == digits.length) {
            digits = Arrays.copyOf(digits, 2 * count);
        }
        digits[count] = (int) digit;
        return count + 1;
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
        reserve(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
        return this;
    }

    private CopyRows eightBytes(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
        return this;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
