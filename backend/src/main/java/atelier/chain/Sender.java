package atelier.chain;

import atelier.chain.IntentStore.Share;
import atelier.chain.Node.Header;
import atelier.kernel.Address;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Turns waiting intents into transactions: for each key, what is open is seen through first, then
 * the next are packed, up to so many at a time. Signed bytes are committed before they leave, and
 * leave in the order of their nonces.
 */
@Component
class Sender {

    /** How long to sleep when nobody rings. */
    static final Duration LONGEST_REST = Duration.ofSeconds(1);

    /** A block that takes longer to write down than to be mined must not end all sending. */
    private static final Duration LONGEST_WAY = Duration.ofMillis(300);

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final List<String> BY_RELAYER = List.of("FORWARD", "ISSUE");
    private static final List<String> BY_DEPLOYER = List.of("DIRECT");

    private final Contracts contracts;
    private final Node node;
    private final Slots slots;
    private final Delivery delivery;
    private final Dispatch dispatch;
    private final Resubmission resubmission;
    private final HighWater highWater;
    private final IntentStore intents;
    private final Executions executions;
    private final SealedBoot boot;
    private final Packing packing;
    private final KeyRing keys;
    private final Wakeups wakeups;
    private final ChainProperties properties;
    private final Clock clock;
    private Instant next = Instant.MIN;
    private Instant expired = Instant.EPOCH;

    Sender(
            Contracts contracts,
            Node node,
            Slots slots,
            Delivery delivery,
            Dispatch dispatch,
            Resubmission resubmission,
            HighWater highWater,
            IntentStore intents,
            Executions executions,
            SealedBoot boot,
            Packing packing,
            KeyRing keys,
            Wakeups wakeups,
            ChainProperties properties,
            Clock clock) {
        this.contracts = contracts;
        this.node = node;
        this.slots = slots;
        this.delivery = delivery;
        this.dispatch = dispatch;
        this.resubmission = resubmission;
        this.highWater = highWater;
        this.intents = intents;
        this.executions = executions;
        this.boot = boot;
        this.packing = packing;
        this.keys = keys;
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
        Contracts.Deployed deployed = contracts.get();
        boot.compare(deployed);
        boolean any = keys.hold(deployed);
        if (!keys.holdsAll()) {
            wakeups.passOn();
        }
        if (!any) {
            return Duration.ZERO;
        }
        if (!boot.open(deployed)) {
            boot.unspent(deployed).forEach(mark -> spend(deployed, mark));
            return Duration.ZERO;
        }
        if (executions.adopt(deployed.era()) > 0) {
            wakeups.intentsChanged();
        }
        if (!clock.instant().isBefore(expired.plus(LONGEST_REST))) {
            expire(deployed);
        }
        delivery.keepOnly(slots.open(deployed.era()));
        for (KeyRing.Held relayer : keys.relayers()) {
            serve(deployed, relayer.key(), BY_RELAYER, relayer.share(), properties.maxOpen());
        }
        if (keys.holds(deployed.deployer())) {
            serve(deployed, deployed.deployer(), BY_DEPLOYER, Share.ALL, 1);
        }
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
    private void serve(
            Contracts.Deployed deployed,
            Address key,
            List<String> calls,
            Share share,
            int mostOpen) {
        long room = room(deployed, key, mostOpen);
        while (room > 0 && pack(deployed, key, calls, share)) {
            room--;
        }
    }

    /** Sees through what is open; how much more may be. */
    private long room(Contracts.Deployed deployed, Address key, int mostOpen) {
        List<Slots.Attempt> open = slots.open(deployed.era(), key);
        resubmission.seeThrough(deployed, open);
        return mostOpen - open.stream().map(Slots.Attempt::place).distinct().count();
    }

    /** Sends what waits, as far as it fits; whether there is more. */
    private boolean pack(
            Contracts.Deployed deployed, Address key, List<String> calls, Share share) {
        wakeups.newestBlock().giveWay(LONGEST_WAY);
        Instant now = clock.instant();
        int most = packing.appetite();
        List<IntentStore.Waiting> waiting = intents.oldest(calls, share, most);
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
        batch.ifPresent(found -> send(deployed, key, found));
        return batch.isPresent() && (batch.get().full() || waiting.size() == most);
    }

    private void send(Contracts.Deployed deployed, Address key, Packing.Batch batch) {
        long nonce = dispatch.nextNonce(deployed.era(), key);
        if (nonce < highWater.next(deployed.era(), key)) {
            boot.compareAgain();
            return;
        }
        Slots.Place place = new Slots.Place(deployed.era(), key, nonce);
        Instant until = batch.until() == null ? Instant.EPOCH : batch.until();
        Slots.Signed signed =
                dispatch.send(
                        deployed,
                        place,
                        batch.payload(),
                        until,
                        () -> {
                            intents.pack(place, batch.items(), batch.until());
                            wakeups.intentsChanged();
                        });
        LOG.debug("Sent {} intents in {}", batch.items().size(), signed.attempt().hash());
        wakeups.reader().ring();
    }

    /**
     * Uses up nonces that were promised and are not on record with transactions that do nothing.
     */
    private void spend(Contracts.Deployed deployed, HighWater.Mark forgotten) {
        Address key = forgotten.key();
        Slots.Payload nothing = new Slots.Payload(key, new byte[0], Gas.TRANSFER);
        long room = room(deployed, key, properties.maxOpen());
        long nonce = dispatch.nextNonce(deployed.era(), key);
        for (; nonce < forgotten.next() && room > 0; nonce++, room--) {
            dispatch.send(
                    deployed,
                    new Slots.Place(deployed.era(), key, nonce),
                    nothing,
                    Instant.EPOCH,
                    () -> {});
        }
    }
}
