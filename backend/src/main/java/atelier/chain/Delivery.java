package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Gets stored bytes to the node, and again after a while, until a receipt is there. Knows nothing a
 * restart would miss: the first round after it sends everything that is open.
 */
@Component
class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration LOOK_SLOWLY = Duration.ofSeconds(1);

    private final Slots slots;
    private final Node node;
    private final Broadcaster broadcaster;
    private final ChainProperties properties;
    private final Clock clock;
    private final Map<Hash32, Instant> again = new HashMap<>();

    Delivery(
            Slots slots,
            Node node,
            Broadcaster broadcaster,
            ChainProperties properties,
            Clock clock) {
        this.slots = slots;
        this.node = node;
        this.broadcaster = broadcaster;
        this.properties = properties;
        this.clock = clock;
    }

    /** Sends what has just been stored. */
    synchronized void send(Slots.Signed signed) {
        hand(signed.attempt(), signed.raw());
    }

    /**
     * Sends what has not been sent by this process yet, or not lately: oldest nonce first, and
     * nothing after one that did not get through.
     */
    synchronized void send(List<Slots.Attempt> attempts) {
        Instant now = clock.instant();
        for (Slots.Attempt attempt : attempts) {
            Instant due = due(attempt);
            if (due == null || due.isBefore(now)) {
                hand(attempt, slots.raw(attempt));
            }
        }
    }

    private @Nullable Instant due(Slots.Attempt attempt) {
        return again.get(attempt.hash());
    }

    /** Forgets transactions that no longer wait. */
    synchronized void keepOnly(List<Slots.Attempt> open) {
        Set<Hash32> waiting = new HashSet<>();
        open.forEach(attempt -> waiting.add(attempt.hash()));
        again.keySet().retainAll(waiting);
    }

    /**
     * Waits until everything of a key's that is open is in a block, and records where.
     *
     * @param meanwhile done before each look
     */
    void awaitAll(Era era, Address key, Runnable meanwhile) {
        Duration pause = LOOK;
        List<Slots.Attempt> open = slots.open(era.number(), key);
        while (!open.isEmpty()) {
            meanwhile.run();
            send(open);
            settle(open);
            open = slots.open(era.number(), key);
            if (!open.isEmpty()) {
                Pauses.pause(pause);
                pause =
                        pause.multipliedBy(2).compareTo(LOOK_SLOWLY) < 0
                                ? pause.multipliedBy(2)
                                : LOOK_SLOWLY;
            }
        }
    }

    private void settle(List<Slots.Attempt> open) {
        Map<Hash32, Slots.Place> places = new HashMap<>();
        open.forEach(attempt -> places.put(attempt.hash(), attempt.place()));
        for (Node.Receipt receipt : node.receipts(List.copyOf(places.keySet()))) {
            Slots.Place place = places.get(receipt.tx());
            if (place != null) {
                slots.mined(place, receipt.tx(), receipt.block(), receipt.succeeded());
            }
        }
    }

    /** What a node refuses may lack the nonce before it, so it is offered again sooner. */
    private void hand(Slots.Attempt attempt, byte[] raw) {
        Duration until = properties.resendAfter();
        try {
            broadcaster.send(raw);
        } catch (NodeRefused e) {
            LOG.debug("The node says of {}: {}", attempt.hash(), e.getMessage());
            until = properties.afterTrouble();
        }
        again.put(attempt.hash(), clock.instant().plus(until));
    }
}
