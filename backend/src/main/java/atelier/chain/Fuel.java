package atelier.chain;

import atelier.kernel.Address;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The door to what relayers have left of the chain's coin, and how long that lasts at the rate of
 * the last hour: for who runs the community, and as the gauges {@code atelier.relayer.balance}, in
 * the coin, and {@code atelier.relayer.runway}, in seconds.
 */
@Component
public class Fuel implements MeterBinder {

    /**
     * What a relayer has.
     *
     * @param balance in the chain's coin
     * @param lasts null where nothing has been spent for an hour
     * @param low whether somebody should send it more
     */
    public record Tank(
            Address relayer, BigDecimal balance, @Nullable Duration lasts, boolean low) {}

    private record Sample(Instant at, BigInteger wei) {}

    private static final Logger LOG = LoggerFactory.getLogger(Fuel.class);
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final Duration MOST = Duration.ofDays(36_500);
    private static final int COIN = 18;

    private final Contracts contracts;
    private final Roster roster;
    private final Node node;
    private final ChainProperties properties;
    private final Clock clock;
    private final Map<Address, Deque<Sample>> samples = new HashMap<>();
    private volatile List<Tank> tanks = List.of();
    private @Nullable MultiGauge balances;
    private @Nullable MultiGauge runways;

    Fuel(Contracts contracts, Roster roster, Node node, ChainProperties properties, Clock clock) {
        this.contracts = contracts;
        this.roster = roster;
        this.node = node;
        this.properties = properties;
        this.clock = clock;
    }

    /** One for each relayer, in the order in which they joined; none before the first look. */
    public List<Tank> tanks() {
        return tanks;
    }

    @Override
    public synchronized void bindTo(MeterRegistry meters) {
        balances = MultiGauge.builder("atelier.relayer.balance").register(meters);
        runways = MultiGauge.builder("atelier.relayer.runway").baseUnit("seconds").register(meters);
    }

    @Scheduled(
            initialDelayString = "${atelier.chain.fuel-every:30s}",
            fixedDelayString = "${atelier.chain.fuel-every:30s}")
    synchronized void look() {
        if (!contracts.recognised()) {
            return;
        }
        try {
            BigInteger price = Fees.current(node, properties.maxFeePerGas()).max();
            tanks =
                    roster.relayers(contracts.get()).stream()
                            .map(relayer -> look(relayer, price.multiply(Gas.MAX)))
                            .toList();
            report();
        } catch (NodeUnavailable | NodeRefused e) {
            LOG.debug("No look at the relayers this time", e);
        }
    }

    private Tank look(Address relayer, BigInteger oneTransaction) {
        Deque<Sample> seen = samples.computeIfAbsent(relayer, _ -> new ArrayDeque<>());
        Instant now = clock.instant();
        seen.add(new Sample(now, node.balance(relayer)));
        while (seen.getFirst().at().isBefore(now.minus(WINDOW))) {
            seen.removeFirst();
        }
        BigInteger left = seen.getLast().wei();
        Optional<Duration> lasts = lasts(seen);
        boolean low =
                left.compareTo(oneTransaction) < 0
                        || lasts.filter(one -> one.compareTo(properties.lowFuel()) < 0).isPresent();
        return new Tank(relayer, coins(left), lasts.orElse(null), low);
    }

    /** What came in meanwhile is not taken off what was spent. */
    private static Optional<Duration> lasts(Deque<Sample> seen) {
        BigInteger spent = BigInteger.ZERO;
        Sample before = seen.getFirst();
        for (Sample sample : seen) {
            spent = spent.add(before.wei().subtract(sample.wei()).max(BigInteger.ZERO));
            before = sample;
        }
        if (spent.signum() == 0) {
            return Optional.empty();
        }
        long passed = Duration.between(seen.getFirst().at(), before.at()).toSeconds();
        BigInteger seconds = before.wei().multiply(BigInteger.valueOf(passed)).divide(spent);
        return Optional.of(
                Duration.ofSeconds(seconds.min(BigInteger.valueOf(MOST.toSeconds())).longValue()));
    }

    private void report() {
        if (balances != null && runways != null) {
            balances.register(rows(tank -> tank.balance().doubleValue()), true);
            runways.register(
                    rows(tank ->
                            tank.lasts() == null
                                    ? Double.POSITIVE_INFINITY
                                    : tank.lasts().toSeconds()),
                    true);
        }
    }

    private interface Figure {
        double of(Tank tank);
    }

    private List<MultiGauge.Row<?>> rows(Figure figure) {
        return tanks.stream()
                .<MultiGauge.Row<?>>map(tank ->
                        MultiGauge.Row.of(
                                Tags.of("relayer", tank.relayer().toString()),
                                () -> figure.of(tank)))
                .toList();
    }

    private static BigDecimal coins(BigInteger wei) {
        return new BigDecimal(wei)
                .movePointLeft(COIN)
                .setScale(6, RoundingMode.DOWN)
                .stripTrailingZeros();
    }
}
