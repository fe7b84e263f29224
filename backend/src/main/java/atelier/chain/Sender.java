package atelier.chain;

import atelier.chain.Node.Header;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Turns waiting intents into transactions: for each key, what is open is seen through first, then
 * the next are packed, up to so many at a time. Signed bytes are committed before they leave, and
 * leave in the order of their nonces.
 */
@Component
class Sender {

    /** How long to sleep when nobody rings. */
    static final Duration LONGEST_REST = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final List<String> BY_RELAYER = List.of("FORWARD", "ISSUE");
    private static final List<String> BY_DEPLOYER = List.of("DIRECT");

    private final TransactionOperations transactions;
    private final EraTable eras;
    private final Contracts contracts;
    private final Node node;
    private final Slots slots;
    private final Attempts attempts;
    private final Delivery delivery;
    private final IntentStore intents;
    private final Executions executions;
    private final SealedBoot boot;
    private final Packing packing;
    private final Leases leases;
    private final Wakeups wakeups;
    private final ChainProperties properties;
    private final Clock clock;
    private Instant next = Instant.MIN;
    private Instant expired = Instant.EPOCH;

    Sender(
            TransactionOperations transactions,
            EraTable eras,
            Contracts contracts,
            Node node,
            Slots slots,
            Attempts attempts,
            Delivery delivery,
            IntentStore intents,
            Executions executions,
            SealedBoot boot,
            Packing packing,
            Leases leases,
            Wakeups wakeups,
            ChainProperties properties,
            Clock clock) {
        this.transactions = transactions;
        this.eras = eras;
        this.contracts = contracts;
        this.node = node;
        this.slots = slots;
        this.attempts = attempts;
        this.delivery = delivery;
        this.intents = intents;
        this.executions = executions;
        this.boot = boot;
        this.packing = packing;
        this.leases = leases;
        this.wakeups = wakeups;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Does what there is to do now.
     *
     * @return how long to leave intents to gather, whoever rings
     */
    Duration round() {
        Duration early = Duration.between(clock.instant(), next);
        if (early.isPositive()) {
            return early;
        }
        if (!leases.sender().hold()) {
            wakeups.passOn();
            return Duration.ZERO;
        }
        Contracts.Deployed deployed = contracts.get();
        if (!boot.open(deployed)) {
            return Duration.ZERO;
        }
        if (executions.adopt(deployed.era()) > 0) {
            wakeups.intentsChanged();
        }
        if (!clock.instant().isBefore(expired.plus(LONGEST_REST))) {
            expire(deployed);
        }
        delivery.keepOnly(slots.open(deployed.era()));
        serve(deployed, deployed.relayer(), BY_RELAYER, properties.maxOpen());
        serve(deployed, deployed.deployer(), BY_DEPLOYER, 1);
        return Duration.ZERO;
    }

    private void expire(Contracts.Deployed deployed) {
        Instant now = clock.instant();
        Instant settled =
                RequestBook.settled(node, executions, deployed.era(), properties.confirmations())
                        .map(Header::time)
                        .orElse(Instant.EPOCH);
        if (intents.expire(now, settled) > 0) {
            wakeups.intentsChanged();
        }
        expired = now;
    }

    /**
     * A lone intent leaves at once; while something is on its way, what comes gathers for a moment.
     */
    private void serve(Contracts.Deployed deployed, Address key, List<String> calls, int mostOpen) {
        List<Slots.Attempt> open = slots.open(deployed.era(), key);
        seeThrough(deployed, open);
        long room = mostOpen - open.stream().map(Slots.Attempt::place).distinct().count();
        while (room > 0 && pack(deployed, key, calls)) {
            room--;
        }
    }

    /** Sends what waits, as far as it fits; whether there is more. */
    private boolean pack(Contracts.Deployed deployed, Address key, List<String> calls) {
        Instant now = clock.instant();
        List<IntentStore.Waiting> waiting = intents.oldest(calls, properties.maxBatch());
        List<IntentStore.Waiting> wanted =
                waiting.stream().filter(one -> !one.deadline().isBefore(now)).toList();
        if (wanted.size() < waiting.size()) {
            expire(deployed);
        }
        if (wanted.isEmpty()) {
            return false;
        }
        next = now.plus(properties.pace());
        Optional<Packing.Batch> batch = packing.pack(deployed, key, wanted);
        batch.ifPresent(found -> dispatch(deployed, key, found));
        return batch.isPresent() && (batch.get().full() || waiting.size() == properties.maxBatch());
    }

    private void dispatch(Contracts.Deployed deployed, Address key, Packing.Batch batch) {
        Fees fees = Fees.current(node, properties.maxFeePerGas());
        long count = node.transactionCount(key, Node.LATEST);
        Slots.Signed signed = transactions.execute(_ -> record(deployed, key, batch, fees, count));
        LOG.debug("Sending {} intents in {}", batch.items().size(), signed.attempt().hash());
        delivery.send(signed);
        wakeups.reader().ring();
    }

    private Slots.Signed record(
            Contracts.Deployed deployed, Address key, Packing.Batch batch, Fees fees, long count) {
        long epoch = leases.sender().fence();
        eras.require(deployed.era());
        Slots.Place place =
                new Slots.Place(deployed.era(), key, slots.nextNonce(deployed.era(), key, count));
        Slots.Signed signed =
                attempts.open(place, batch.payload(), fees, deployed.chainId(), epoch);
        intents.pack(place, batch.items(), batch.until());
        wakeups.intentsChanged();
        return signed;
    }

    /**
     * What has waited too long is replaced, oldest nonce first: the others wait behind that one.
     */
    private void seeThrough(Contracts.Deployed deployed, List<Slots.Attempt> open) {
        delivery.send(open);
        Map<Slots.Place, Slots.Attempt> newest = new LinkedHashMap<>();
        open.forEach(attempt -> newest.put(attempt.place(), attempt));
        Instant late = clock.instant().minus(properties.replaceAfter());
        for (Slots.Attempt attempt : newest.values()) {
            if (!attempt.created().isBefore(late)) {
                break;
            }
            replace(deployed, attempt);
        }
    }

    /** After a while in no block, the same call in the same slot offers more, up to the cap. */
    private void replace(Contracts.Deployed deployed, Slots.Attempt stuck) {
        if (nonceIsGone(stuck)) {
            giveUp(stuck.place());
            return;
        }
        Fees fees = Fees.current(node, properties.maxFeePerGas()).replacing(stuck.fees());
        if (fees.max().compareTo(properties.maxFeePerGas()) > 0
                || node.receipt(stuck.hash()).isPresent()) {
            return;
        }
        Slots.Signed signed =
                transactions.execute(_ -> {
                    leases.sender().fence();
                    eras.require(deployed.era());
                    return attempts.replace(stuck.place(), fees, deployed.chainId());
                });
        LOG.info("Replacing {} by {} for a higher fee", stuck.hash(), signed.attempt().hash());
        delivery.send(signed);
    }

    /**
     * Proof that none of our attempts can ever be mined: a block that counts as final took the
     * nonce and holds none of them. That a receipt is not found proves nothing: the node that was
     * asked may be behind the others.
     */
    private boolean nonceIsGone(Slots.Attempt stuck) {
        Slots.Place place = stuck.place();
        long deep = node.head().number() - properties.confirmations();
        if (deep <= 0 || unused(place, deep)) {
            return false;
        }
        Header taker =
                node.header(Node.tag(taker(place, deep)))
                        .orElseThrow(() -> new NodeUnavailable("The node has lost a final block"));
        if (!executions.examined(place.era(), taker)) {
            return false; // what took the nonce may have executed the slot's intents
        }
        List<Hash32> taken = node.transactions(taker.hash());
        return slots.open(place.era(), place.key()).stream()
                .filter(attempt -> attempt.place().equals(place))
                .noneMatch(attempt -> taken.contains(attempt.hash()));
    }

    /** The block that took a nonce, at most at a height where it is taken; looks near it first. */
    private long taker(Slots.Place place, long height) {
        long taken = height;
        long free = height - 1;
        while (free > 0 && !unused(place, free)) {
            long step = 2 * (height - free);
            taken = free;
            free = Math.max(0, height - step);
        }
        while (taken - free > 1) {
            long middle = (taken + free) / 2;
            if (unused(place, middle)) {
                free = middle;
            } else {
                taken = middle;
            }
        }
        return taken;
    }

    private boolean unused(Slots.Place place, long block) {
        return node.transactionCount(place.key(), Node.tag(block)) <= place.nonce();
    }

    private void giveUp(Slots.Place place) {
        LOG.warn(
                "Nonce {} of {} went to a transaction that is not ours",
                place.nonce(),
                place.key());
        transactions.executeWithoutResult(_ -> {
            leases.sender().fence();
            slots.gone(place);
            intents.release(place);
            wakeups.intentsChanged();
        });
    }
}
