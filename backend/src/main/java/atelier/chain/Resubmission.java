package atelier.chain;

import atelier.chain.Node.Header;
import atelier.kernel.Hash32;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sees through what is open: sends it again, offers more for what waits too long, and gives up a
 * nonce that went to somebody else.
 */
@Component
class Resubmission {

    private static final Logger LOG = LoggerFactory.getLogger(Resubmission.class);

    private final TransactionOperations transactions;
    private final EraTable eras;
    private final Node node;
    private final Slots slots;
    private final Attempts attempts;
    private final HighWater highWater;
    private final Delivery delivery;
    private final IntentStore intents;
    private final Executions executions;
    private final KeyRing keys;
    private final Wakeups wakeups;
    private final ChainProperties properties;
    private final Clock clock;

    Resubmission(
            TransactionOperations transactions,
            EraTable eras,
            Node node,
            Slots slots,
            Attempts attempts,
            HighWater highWater,
            Delivery delivery,
            IntentStore intents,
            Executions executions,
            KeyRing keys,
            Wakeups wakeups,
            ChainProperties properties,
            Clock clock) {
        this.transactions = transactions;
        this.eras = eras;
        this.node = node;
        this.slots = slots;
        this.attempts = attempts;
        this.highWater = highWater;
        this.delivery = delivery;
        this.intents = intents;
        this.executions = executions;
        this.keys = keys;
        this.wakeups = wakeups;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * What has waited too long is replaced, oldest nonce first: the others wait behind that one.
     */
    void seeThrough(Contracts.Deployed deployed, List<Slots.Attempt> open) {
        promise(open);
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

    /** A process may have died between storing them and raising the mark. */
    private void promise(List<Slots.Attempt> open) {
        if (open.isEmpty()) {
            return;
        }
        Slots.Place last = open.getLast().place();
        if (highWater.next(last.era(), last.key()) <= last.nonce()) {
            Instant now = clock.instant();
            Instant newest = node.head().time();
            Instant until = (newest.isAfter(now) ? newest : now).plus(properties.requestLife());
            highWater.raise(last.era(), new HighWater.Mark(last.key(), last.nonce() + 1, until));
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
                    keys.fence(stuck.place().key());
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
            keys.fence(place.key());
            slots.gone(place);
            intents.release(place);
            wakeups.intentsChanged();
        });
    }
}
