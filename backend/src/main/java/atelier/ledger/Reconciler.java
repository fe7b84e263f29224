package atelier.ledger;

import atelier.chain.Contracts;
import atelier.chain.Mirror;
import atelier.chain.MirrorStatus;
import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import atelier.ledger.Reconciliation.Difference;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Never rests: asks the contracts for a few balances at a time, goes through all holdings in turn
 * and starts over. A difference turns {@code atelier.ledger.differences} above zero and {@code
 * /proof} red until the same holding agrees again.
 */
@Component
class Reconciler {

    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    private static final int SAMPLE = 20;
    private static final int PAGE = 1_000;

    /** What identifies a holding, so that a later agreement clears an earlier difference. */
    private record Key(String account, String asset) {
        static Key of(Holding holding) {
            return new Key(holding.account().toString(), holding.asset().toString());
        }
    }

    private final Holdings holdings;
    private final ContractBalances contracts;
    private final Contracts deployment;
    private final Mirror mirror;
    private final Clock clock;
    private final ConcurrentMap<Key, Difference> differences = new ConcurrentHashMap<>();
    private volatile Reconciliation latest = new Reconciliation(null, 0, 0, List.of());
    private @Nullable Holding last;

    Reconciler(
            Holdings holdings,
            ContractBalances contracts,
            Contracts deployment,
            Mirror mirror,
            Clock clock,
            MeterRegistry meters) {
        this.holdings = holdings;
        this.contracts = contracts;
        this.deployment = deployment;
        this.mirror = mirror;
        this.clock = clock;
        meters.gauge("atelier.ledger.differences", differences, Map::size);
    }

    Reconciliation latest() {
        return latest;
    }

    @Scheduled(
            initialDelayString = "${atelier.ledger.sample-every:20s}",
            fixedDelayString = "${atelier.ledger.sample-every:20s}")
    void sample() {
        if (!deployment.deployed()) {
            return;
        }
        try {
            mirror.status().ifPresent(this::sample);
        } catch (Refused e) {
            log.debug("No sample this time: {}", e.getMessage());
        }
    }

    /** Every holding at one block, however long it takes. */
    Reconciliation compareAll() {
        MirrorStatus pinned =
                mirror.status().orElseThrow(() -> Refused.unavailable("rules.unread"));
        Holding from = null;
        for (List<Holding> page = page(from, pinned); !page.isEmpty(); page = page(from, pinned)) {
            compare(page, pinned);
            from = page.getLast();
        }
        return latest;
    }

    private List<Holding> page(@Nullable Holding from, MirrorStatus pinned) {
        return holdings.allAt(pinned.height(), from, PAGE);
    }

    private synchronized void sample(MirrorStatus pinned) {
        List<Holding> sample = holdings.all(last, SAMPLE);
        if (sample.isEmpty()) {
            last = null;
            return;
        }
        List<Holding> settled =
                sample.stream()
                        .map(held ->
                                new Holding(
                                        held.account(),
                                        held.asset(),
                                        holdings.at(held.account(), held.asset(), pinned.height())))
                        .toList();
        compare(settled, pinned);
        last = sample.getLast();
    }

    private void compare(List<Holding> mirrored, MirrorStatus pinned) {
        Map<Holding, BigInteger> onChain = new LinkedHashMap<>();
        for (Holding holding : mirrored) {
            onChain.put(holding, contracts.of(holding.account(), holding.asset(), pinned.height()));
        }
        if (!stillCanonical(pinned.height(), pinned.hash())) {
            return;
        }
        onChain.forEach((holding, balance) -> note(holding, balance, pinned.height()));
        Instant now = clock.instant();
        latest =
                new Reconciliation(
                        now,
                        pinned.height(),
                        latest.compared() + mirrored.size(),
                        new ArrayList<>(differences.values()));
    }

    private void note(Holding mirrored, BigInteger onChain, long block) {
        if (mirrored.amount().equals(onChain)) {
            differences.remove(Key.of(mirrored));
            return;
        }
        differences.put(
                Key.of(mirrored),
                new Difference(
                        block, mirrored.account(), mirrored.asset(), mirrored.amount(), onChain));
        log.error(
                "ALERT: {} of {} at block {}: mirrored {}, on chain {}",
                mirrored.asset(),
                mirrored.account(),
                block,
                mirrored.amount(),
                onChain);
    }

    // A block that a reorg took away meanwhile proves nothing.
    private boolean stillCanonical(long height, Hash32 hash) {
        return mirror.block(height).map(block -> block.hash().equals(hash)).orElse(false);
    }
}
