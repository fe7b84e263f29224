package atelier.chain;

import atelier.kernel.Address;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the sender shut from when this process takes its lease until everything is mirrored that
 * the node had then: the database may be a backup, and the chain knows what it has forgotten.
 */
@Component
class SealedBoot {

    private static final Logger LOG = LoggerFactory.getLogger(SealedBoot.class);

    /** By then a node has dropped what it does not mine, and what was signed has lapsed. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private record Tenure(int era, @Nullable Long epoch) {}

    private final Leases leases;
    private final Node node;
    private final Slots slots;
    private final Executions executions;
    private final ChainProperties properties;
    private final Clock clock;
    private @Nullable Tenure tenure;
    private Node.@Nullable Header target;
    private Instant since = Instant.EPOCH;
    private volatile @Nullable String waits;

    SealedBoot(
            Leases leases,
            Node node,
            Slots slots,
            Executions executions,
            ChainProperties properties,
            Clock clock) {
        this.leases = leases;
        this.node = node;
        this.slots = slots;
        this.executions = executions;
        this.properties = properties;
        this.clock = clock;
    }

    /** Whether the holder of the sender's lease may send. */
    boolean open(Contracts.Deployed deployed) {
        Tenure now = new Tenure(deployed.era(), leases.sender().epoch());
        if (!now.equals(tenure)) {
            begin(deployed);
            tenure = now;
        }
        Node.Header awaited = target;
        if (awaited != null
                && mirrored(deployed.era(), awaited)
                && nothingPends(deployed, awaited)) {
            target = null;
            waits = null;
        }
        return target == null;
    }

    /** What it waits for, for people; empty once it is open. */
    Optional<String> waits() {
        return Optional.ofNullable(waits);
    }

    private void begin(Contracts.Deployed deployed) {
        Node.Header head = node.head();
        for (Address key : keys(deployed)) {
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
        for (Address key : keys(deployed)) {
            long known = slots.nextNonce(deployed.era(), key, 0);
            long mined = node.transactionCount(key, Node.LATEST);
            long pending = node.transactionCount(key, Node.PENDING) - Math.max(known, mined);
            boolean patient = clock.instant().isBefore(since.plus(LONGEST));
            if (pending > 0 && patient) {
                waits =
                        "Waiting for %d transactions of %s that are not on record"
                                .formatted(pending, key);
            }
            if ((pending > 0 && patient) || mined > Math.max(known, settled(key, awaited))) {
                target = node.head();
                return false;
            }
        }
        return true;
    }

    /** A forgotten transaction that a reorg took away would leave a gap that nobody here fills. */
    private long settled(Address key, Node.Header head) {
        long deep = Math.max(0, head.number() - properties.confirmations());
        return node.transactionCount(key, Node.tag(deep));
    }

    private static String tag(Node.Header block) {
        return Node.tag(block.number());
    }

    private static List<Address> keys(Contracts.Deployed deployed) {
        return List.of(deployed.relayer(), deployed.deployer());
    }
}
