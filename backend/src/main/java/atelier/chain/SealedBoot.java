package atelier.chain;

import atelier.kernel.Address;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the sender shut from when this process takes a key's lease until everything is mirrored
 * that the node had then: the database may be a backup, and the chain knows what it has forgotten.
 * Where the high-water mark says so, also until all of that is found, or dead.
 */
@Component
class SealedBoot {

    private static final Logger LOG = LoggerFactory.getLogger(SealedBoot.class);
    private static final int NONE = 0;

    /** Since when this process has had its keys, and what was forgotten then. */
    private record Tenure(int era, Set<KeyRing.Turn> turns, List<HighWater.Mark> forgotten) {

        /** Whether there is nothing in the other that this one did not know. */
        boolean covers(Tenure other) {
            return era == other.era
                    && turns.containsAll(other.turns)
                    && forgotten.equals(other.forgotten);
        }
    }

    private final KeyRing keys;
    private final Node node;
    private final Slots slots;
    private final Executions executions;
    private final HighWater highWater;
    private final ChainProperties properties;
    private final Clock clock;
    private int compared = NONE;
    private @Nullable Tenure tenure;
    private Node.@Nullable Header target;
    private Instant since = Instant.EPOCH;
    private volatile @Nullable String waits;

    SealedBoot(
            KeyRing keys,
            Node node,
            Slots slots,
            Executions executions,
            HighWater highWater,
            ChainProperties properties,
            Clock clock) {
        this.keys = keys;
        this.node = node;
        this.slots = slots;
        this.executions = executions;
        this.highWater = highWater;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Writes down what this process knows to be forgotten, whichever process holds the lease. A
     * mark is raised after its slot has been committed, so it is ahead of a backup alone.
     */
    void compare(Contracts.Deployed deployed) {
        if (compared == deployed.era()) {
            return;
        }
        List<Address> ours = keys.all(deployed);
        for (HighWater.Mark mark : highWater.marks(deployed.era())) {
            long recorded = slots.nextNonce(deployed.era(), mark.key(), 0);
            if (ours.contains(mark.key()) && mark.next() > recorded) {
                LOG.warn(
                        "{} has signed for nonces up to {}, on record are {}: this database is a"
                                + " backup. Nothing is sent until all of them are accounted for",
                        mark.key(),
                        mark.next() - 1,
                        recorded);
                slots.forgot(deployed.era(), mark);
            }
        }
        compared = deployed.era();
    }

    /** The record is behind the mark after all: the database was replaced under us. */
    void compareAgain() {
        compared = NONE;
    }

    /** Whether the holder of the sender's lease may send. */
    boolean open(Contracts.Deployed deployed) {
        List<HighWater.Mark> forgotten = slots.forgotten(deployed.era());
        Tenure now = new Tenure(deployed.era(), keys.turns(), forgotten);
        if (tenure == null || !tenure.covers(now)) {
            begin(deployed);
            tenure = now;
        }
        Node.Header awaited = target;
        if (awaited != null
                && mirrored(deployed.era(), awaited)
                && nothingPends(deployed, awaited)
                && accounted(deployed.era(), forgotten, awaited)) {
            tenure = new Tenure(now.era(), now.turns(), List.of());
            target = null;
            waits = null;
        }
        return target == null;
    }

    /** What it waits for, for people; empty once it is open. */
    Optional<String> waits() {
        return Optional.ofNullable(waits);
    }

    /**
     * Forgotten nonces that the chain should see used up now, by whatever: behind one that is
     * missing there, what a forgotten life has sent would wait for ever.
     */
    List<HighWater.Mark> unspent(Contracts.Deployed deployed) {
        return slots.forgotten(deployed.era()).stream()
                .filter(mark -> keys.holds(mark.key()))
                .filter(mark -> !patient() || pending(deployed.era(), mark.key()) <= 0)
                .toList();
    }

    private void begin(Contracts.Deployed deployed) {
        Node.Header head = node.head();
        for (Address key : keys.all(deployed)) {
            long ours = slots.nextNonce(deployed.era(), key, 0);
            long theirs = node.transactionCount(key, Node.LATEST);
            if (theirs > ours) {
                LOG.warn(
                        "The chain has {} transactions of {}, on record are {}: this database is a"
                                + " backup. What the chain executed is read before anything is sent",
                        theirs,
                        key,
                        ours);
            }
        }
        target = head;
        since = clock.instant();
        waits = "Reading what the chain executed, up to block " + head.number();
    }

    private boolean mirrored(int era, Node.Header awaited) {
        if (executions.examined(era, awaited)) {
            return true;
        }
        boolean left =
                node.header(tag(awaited))
                        .filter(header -> header.hash().equals(awaited.hash()))
                        .isEmpty();
        if (left) {
            target = node.head();
        }
        return false;
    }

    /** What a forgotten life sent may still be mined, and would execute what waits here. */
    private boolean nothingPends(Contracts.Deployed deployed, Node.Header awaited) {
        for (Address key : keys.all(deployed)) {
            long pending = pending(deployed.era(), key);
            boolean held = pending > 0 && patient();
            if (held) {
                waits =
                        "Waiting for %d transactions of %s that are not on record"
                                .formatted(pending, key);
            }
            long known = slots.nextNonce(deployed.era(), key, 0);
            if (held
                    || node.transactionCount(key, Node.LATEST)
                            > Math.max(known, settled(key, awaited))) {
                target = node.head();
                return false;
            }
        }
        return true;
    }

    /** How many transactions of a key wait to be mined that are not on record. */
    private long pending(int era, Address key) {
        long known = slots.nextNonce(era, key, 0);
        long mined = node.transactionCount(key, Node.LATEST);
        return node.transactionCount(key, Node.PENDING) - Math.max(known, mined);
    }

    /** By then a node has dropped what it does not mine, and what was signed has lapsed. */
    private boolean patient() {
        return clock.instant().isBefore(since.plus(properties.requestLife()));
    }

    /** Every nonce was used up in a final block, and no request can be brought any more. */
    private boolean accounted(int era, List<HighWater.Mark> forgotten, Node.Header awaited) {
        for (HighWater.Mark mark : forgotten) {
            if (settled(mark.key(), awaited) < mark.next()) {
                waits =
                        "Waiting until the nonces of %s before %d are used up, which are not on record"
                                .formatted(mark.key(), mark.next());
            } else if (!dead(era, mark, awaited)) {
                waits =
                        "Waiting for the end of requests that are not on record, at "
                                + mark.until();
            } else {
                continue;
            }
            target = node.head();
            return false;
        }
        forgotten.forEach(mark -> slots.accounted(era, mark));
        return true;
    }

    /** Where no blocks come, what comes next is later than the clock was long ago. */
    private boolean dead(int era, HighWater.Mark mark, Node.Header awaited) {
        boolean late = clock.instant().isAfter(mark.until().plus(properties.requestLife()));
        return late
                || node.header(Node.tag(deep(awaited)))
                        .filter(header -> header.time().isAfter(mark.until()))
                        .filter(header -> executions.examined(era, header))
                        .isPresent();
    }

    /** A forgotten transaction that a reorg took away would leave a gap that nobody here fills. */
    private long settled(Address key, Node.Header head) {
        return node.transactionCount(key, Node.tag(deep(head)));
    }

    private long deep(Node.Header head) {
        return Math.max(0, head.number() - properties.confirmations());
    }

    private static String tag(Node.Header block) {
        return Node.tag(block.number());
    }
}
