package atelier.chain;

import atelier.kernel.Hash32;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Map<Hash32, Instant> sent = new HashMap<>();

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

    /** Sends what has not been sent by this process yet, or not lately. */
    synchronized void send(List<Slots.Attempt> attempts) {
        Instant now = clock.instant();
        for (Slots.Attempt attempt : attempts) {
            Instant last = sent.get(attempt.hash());
            if (last == null || last.plus(properties.resendAfter()).isBefore(now)) {
                sent.put(attempt.hash(), now);
                hand(attempt);
            }
        }
    }

    /** Forgets transactions that no longer wait. */
    synchronized void keepOnly(List<Slots.Attempt> open) {
        Set<Hash32> waiting = new HashSet<>();
        open.forEach(attempt -> waiting.add(attempt.hash()));
        sent.keySet().retainAll(waiting);
    }

    /** Waits until everything open in this era is in a block, and records where. */
    void awaitAll(Era era) {
        Duration pause = LOOK;
        List<Slots.Attempt> open = slots.open(era.number());
        while (!open.isEmpty()) {
            send(open);
            settle(open);
            open = slots.open(era.number());
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

    private void hand(Slots.Attempt attempt) {
        try {
            broadcaster.send(attempt.raw());
        } catch (NodeRefused e) {
            LOG.debug("The node says of {}: {}", attempt.hash(), e.getMessage());
        } catch (RuntimeException e) {
            sent.remove(attempt.hash());
            throw e;
        }
    }
}
