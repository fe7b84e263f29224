package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Bytes;
import atelier.testing.MirroredLogs;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The SQL that projections read logs with. */
class MirrorFunctionTests {

    private static final String ZERO = "00".repeat(32);
    private static final String ALL = "ff".repeat(32);

    private static final JdbcClient DATABASE = new MirroredLogs().jdbc();

    @Test
    void readsWordsAsNumbers() {
        assertThat(number("derived.uint(:data, 0)", ZERO)).isEqualTo(BigInteger.ZERO);
        assertThat(number("derived.uint(:data, 1)", ZERO + ALL))
                .isEqualTo(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
        for (int bit = 0; bit < 256; bit++) {
            BigInteger value = BigInteger.ONE.shiftLeft(bit);
            assertThat(number("derived.topic_uint(:data)", "%064x".formatted(value)))
                    .isEqualTo(value);
        }
    }

    @Test
    void readsAddressesAndBytes() {
        String word = "00".repeat(12) + "ab".repeat(20);
        assertThat(bytes("derived.addr(:data, 1)", ZERO + word))
                .isEqualTo(Bytes.parse("ab".repeat(20)));
        assertThat(bytes("derived.topic_addr(:data)", word))
                .isEqualTo(Bytes.parse("ab".repeat(20)));
        assertThat(bytes("derived.bytes32(:data, 1)", ZERO + ALL)).isEqualTo(Bytes.parse(ALL));
    }

    @Test
    void readsTextWhereItsOffsetSays() {
        String text =
                "%064x".formatted(64)
                        + ZERO
                        + "%064x".formatted(6)
                        + "e889bae6b3a5"
                        + "00".repeat(26);

        assertThat(text("derived.text_at(:data, 0)", text)).isEqualTo("艺泥");
    }

    @Test
    void readsWhateverStandsOnTheChain() {
        String broken = "%064x".formatted(32) + "%064x".formatted(2) + "fffe" + "00".repeat(30);
        String far = ALL + ZERO;
        assertThat(text("derived.text_at(:data, 0)", broken)).isEqualTo("\ufffd");
        assertThat(text("derived.text_at(:data, 0)", far)).isNull();
    }

    private static BigInteger number(String expression, String hex) {
        return DATABASE.sql("SELECT " + expression)
                .param("data", Bytes.parse(hex))
                .query(BigDecimal.class)
                .single()
                .toBigIntegerExact();
    }

    private static byte[] bytes(String expression, String hex) {
        return DATABASE.sql("SELECT " + expression)
                .param("data", Bytes.parse(hex))
                .query(byte[].class)
                .single();
    }

    private static @Nullable String text(String expression, String hex) {
        return DATABASE.sql("SELECT " + expression)
                .param("data", Bytes.parse(hex))
                .query(String.class)
                .optional()
                .orElse(null);
    }
}
