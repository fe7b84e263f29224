package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.testing.HandClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FuelTests {

    private static final BigInteger COIN = BigInteger.TEN.pow(18);

    private final Contracts contracts = new Contracts(SimulatedProcess.NO_VIEWS);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private BigInteger balance = COIN.multiply(BigInteger.valueOf(100));
    private final HandClock clock = new HandClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Fuel fuel =
            new Fuel(contracts, Roster.ONE, node(), SimulatedProcess.PROPERTIES, clock);

    @BeforeEach
    void begin() {
        contracts.open(
                SimulatedProcess.fakes(new Era(1, FakeChain.CHAIN_ID, Mix.hash(0), Mix.hash(1))));
        fuel.bindTo(meters);
    }

    @Test
    void lastsForEverWhereNothingIsSpent() {
        look(Duration.ofMinutes(10), 0);

        assertThat(tank().lasts()).isNull();
        assertThat(tank().low()).isFalse();
        assertThat(meters.get("atelier.relayer.balance").gauge().value()).isEqualTo(100);
        assertThat(meters.get("atelier.relayer.runway").gauge().value()).isInfinite();
    }

    @Test
    void lastsAsLongAsTheLastHourSays() {
        look(Duration.ofMinutes(30), 1);
        look(Duration.ofMinutes(30), 0);

        assertThat(tank().lasts()).isEqualTo(Duration.ofHours(99));
        assertThat(tank().low()).isFalse();
        assertThat(meters.get("atelier.relayer.runway").gauge().value()).isEqualTo(99 * 3600);
    }

    @Test
    void countsWhatWasSpentAlthoughMoreCameIn() {
        look(Duration.ofMinutes(30), 20);
        look(Duration.ofMinutes(30), -30);

        assertThat(tank().lasts()).isEqualTo(Duration.ofMinutes(60 * 110 / 20));
        assertThat(tank().low()).isTrue();
    }

    @Test
    void forgetsWhatWasSpentLongAgo() {
        look(Duration.ofMinutes(30), 1);
        look(Duration.ofMinutes(61), 0);

        assertThat(tank().lasts()).isNull();
    }

    @Test
    void isLowWhereOneTransactionMayBeTooMuch() {
        balance = BigInteger.valueOf(Gas.MAX.longValueExact());
        fuel.look();

        assertThat(tank().low()).isTrue();
    }

    private Fuel.Tank tank() {
        return fuel.tanks().getFirst();
    }

    private void look(Duration after, long coins) {
        fuel.look();
        clock.pass(after);
        balance = balance.subtract(COIN.multiply(BigInteger.valueOf(coins)));
        fuel.look();
    }

    /** A fake node whose accounts have what the test says. */
    private Node node() {
        Node real = new FakeNode(new FakeChain(1, clock.instant()), MemoryStore.Hazards.NONE);
        return (Node)
                Proxy.newProxyInstance(
                        Node.class.getClassLoader(),
                        new Class<?>[] {Node.class},
                        (_, called, args) ->
                                called.getName().equals("balance")
                                        ? balance
                                        : PlantedBug.invoke(called, real, args));
    }
}
