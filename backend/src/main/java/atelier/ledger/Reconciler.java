package atelier.ledger;

import atelier.chain.Contracts;
import atelier.chain.Mirror;
import atelier.chain.MirrorAdvanced;
import atelier.chain.MirrorStatus;
import atelier.kernel.Address;
import atelier.kernel.Refused;
import atelier.ledger.Reconciliation.Difference;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Never rests: after blocks were mirrored it counts every asset twice, and every few seconds it
 * asks the contracts for the next few balances, all around and over again. A difference turns
 * {@code atelier.mirror.difference} above zero, health down and {@code /proof} red until the same
 * agrees again.
 */
@Component
class Reconciler {

    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    private static final int SAMPLE = 20;
    private static final int PAGE = 1_000;

    /** Counting takes at most one part in so many of the time, however large the mirror is. */
    private static final int RESTS = 50;

    /** What identifies a holding, so that a later agreement clears an earlier difference. */
    private record Key(Address account, Asset asset) {
        static Key of(Holding holding) {
            return new Key(holding.account(), holding.asset());
        }
    }

    /** A difference, and on which way round it was last seen. */
    private record Found(Difference difference, long round) {}

    private final Holdings holdings;
    private final AssetProofs proofs;
    private final ContractBalances contracts;
    private final Contracts deployment;
    private final Mirror mirror;
    private final Clock clock;
    private final ConcurrentMap<Key, Found> differences = new ConcurrentHashMap<>();
    private volatile List<AssetProof> uneven = List.of();
    private volatile Reconciliation latest = new Reconciliation(null, 0, 0, List.of(), List.of());
    private volatile boolean moved = true;
    private Instant countAgain = Instant.EPOCH;
    private @Nullable Holding last = anywhere();
    private long round;

    Reconciler(
            Holdings holdings,
            AssetProofs proofs,
            ContractBalances contracts,
            Contracts deployment,
            Mirror mirror,
            Clock clock,
            MeterRegistry meters) {
        this.holdings = holdings;
        this.proofs = proofs;
        this.contracts = contracts;
        this.deployment = deployment;
        this.mirror = mirror;
        this.clock = clock;
        meters.gauge("atelier.mirror.difference", this, Reconciler::differing);
    }

    /** Processes that start again and again would otherwise never get far. */
    private static Holding anywhere() {
        byte[] account = new byte[Address.LENGTH];
        ThreadLocalRandom.current().nextBytes(account);
        return new Holding(Address.of(account), new Asset.Points(), BigInteger.ZERO);
    }

    private int differing() {
        return differences.size() + uneven.size();
    }

    Reconciliation latest() {
        Reconciliation compared = latest;
        return new Reconciliation(
                compared.at(),
                compared.block(),
                compared.compared(),
                differences.values().stream().map(Found::difference).toList(),
                uneven);
    }

    @EventListener
    void on(MirrorAdvanced advanced) {
        moved = true;
    }

    @Scheduled(fixedDelayString = "${atelier.ledger.count-every:250ms}")
    void countIfMoved() {
        if (moved && !clock.instant().isBefore(countAgain)) {
            moved = false;
            count();
        }
    }

    /** Whether what is held of each asset is what was issued of it. */
    void count() {
        Instant start = clock.instant();
        List<AssetProof> now = proofs.counted().stream().filter(proof -> !proof.sound()).toList();
        if (!now.isEmpty() && uneven.isEmpty()) {
            log.error("ALERT: holdings are not what was issued: {}", now);
        }
        uneven = now;
        Instant end = clock.instant();
        countAgain = end.plus(Duration.between(start, end).multipliedBy(RESTS));
    }

    @Scheduled(
            initialDelayString = "${atelier.ledger.sample-every:20s}",
            fixedDelayString = "${atelier.ledger.sample-every:20s}")
    void sample() {
        moved = true;
        if (!deployment.deployed()) {
            return;
        }
        try {
            // A mirror that is still being filled has no indexes yet to look a history up by.
            mirror.status().filter(MirrorStatus::caughtUp).ifPresent(this::sample);
        } catch (Refused e) {
            log.debug("No sample this time: {}", e.getMessage());
        }
    }

    private synchronized void sample(MirrorStatus status) {
        List<Audited> sample = holdings.audited(status.finalHeight(), last, SAMPLE);
        compare(sample, status.finalHeight());
        last = sample.isEmpty() ? null : sample.getLast().holding();
        if (sample.isEmpty()) {
            beginAgain();
        }
    }

    /** Every holding at one block, however long it takes, and all sums. */
    synchronized Reconciliation compareAll() {
        long block =
                mirror.status()
                        .orElseThrow(() -> Refused.unavailable("rules.unread"))
                        .finalHeight();
        beginAgain();
        List<Audited> page = holdings.audited(block, null, PAGE);
        while (!page.isEmpty()) {
            compare(page, block);
            page = holdings.audited(block, page.getLast().holding(), PAGE);
        }
        beginAgain();
        count();
        return latest();
    }

    /** What was not seen on this way round is not held any more. */
    private void beginAgain() {
        differences.values().removeIf(found -> found.round() < round);
        round++;
    }

    /** The block is final: no reorg changes what either side says of it. */
    private void compare(List<Audited> mirrored, long block) {
        for (Audited audited : mirrored) {
            Holding held = audited.holding();
            note(audited, contracts.of(held.account(), held.asset(), block), block);
        }
        latest =
                new Reconciliation(
                        clock.instant(),
                        block,
                        latest.compared() + mirrored.size(),
                        List.of(),
                        List.of());
    }

    private void note(Audited mirrored, BigInteger onChain, long block) {
        Key key = Key.of(mirrored.holding());
        mirrored.against(onChain, block)
                .findFirst()
                .ifPresentOrElse(
                        difference -> {
                            differences.put(key, new Found(difference, round));
                            log.error("ALERT: the contract knows otherwise: {}", difference);
                        },
                        () -> differences.remove(key));
    }
}
