package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.testing.TestDatabase;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class CopyRowsTests {

    private final JdbcTemplate database =
            new JdbcTemplate(new DriverManagerDataSource(TestDatabase.create()));

    @Test
    void copiesEveryNumberAsItIs() {
        database.execute(
                "create table number (place int, value numeric, long bigint, short smallint)");
        List<BigInteger> numbers =
                IntStream.range(0, 257)
                        .mapToObj(BigInteger.ONE::shiftLeft)
                        .flatMap(power ->
                                Stream.of(
                                        power,
                                        power.subtract(BigInteger.ONE),
                                        power.negate(),
                                        BigInteger.TEN.pow(power.bitLength() % 78)))
                        .toList();
        CopyRows rows = CopyRows.into("number", "place", "value", "long", "short");
        for (int i = 0; i < numbers.size(); i++) {
            BigInteger number = numbers.get(i);
            rows.row()
                    .integer(i)
                    .numeric(number)
                    .bigint(number.longValue())
                    .smallint(number.shortValue());
        }
        rows.write(database);

        assertThat(
                        database.query(
                                "select value, long, short from number order by place",
                                (row, _) ->
                                        List.of(
                                                row.getBigDecimal(1).toBigIntegerExact(),
                                                row.getLong(2),
                                                row.getShort(3))))
                .isEqualTo(
                        numbers.stream()
                                .map(number ->
                                        List.<Object>of(
                                                number, number.longValue(), number.shortValue()))
                                .toList());
    }
}
