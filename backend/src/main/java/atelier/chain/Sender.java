package atelier.chain;

import atelier.chain.Node.Header;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Turns waiting intents into transactions: for each key, what is open is seen through first, then
 * the next is packed. Signed bytes are committed before they leave.
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

    /** Does what there is to do now. */
    void round() {
        if (!leases.sender().hold()) {
            return;
        }
        Contracts.Deployed deployed = contracts.get();
        if (!boot.open(deployed)) {
            return;
        }
        if (executions.adopt(deployed.era()) + intents.expire(clock.instant()) > 0) {
            wakeups.intentsChanged();
        }
        delivery.keepOnly(slots.open(deployed.era()));
        serve(deployed, deployed.relayer(), BY_RELAYER);
        serve(deployed, deployed.deployer(), BY_DEPLOYER);
    }

    private void serve(Contracts.Deployed deployed, Address key, List<String> calls) {
        List<Slots.Attempt> open = slots.open(deployed.era(), key);
        if (open.isEmpty()) {
            pack(deployed, key, calls);
        } else {
            seeThrough(deployed, open);
        }
    }

    private void pack(Contracts.Deployed deployed, Address key, List<String> calls) {
        List<IntentStore.Waiting> waiting = intents.oldest(calls, properties.maxBatch());
        if (waiting.isEmpty()) {
            return;
        }
        Optional<Packing.Batch> batch = packing.pack(deployed, key, waiting);
        batch.ifPresent(found -> dispatch(deployed, key, found));
    }

    private void dispatch(Contracts.Deployed deployed, Address key, Packing.Batch batch) {
        Fees fees = Fees.current(node, properties.maxFeePerGas());
        long count = node.transactionCount(key, Node.LATEST);
        Slots.Attempt attempt =
                transactions.execute(_ -> record(deployed, key, batch, fees, count));
        LOG.debug("Sending {} intents in {}", batch.items().size(), attempt.hash());
        delivery.send(List.of(attempt));
        wakeups.reader().ring();
    }

    private Slots.Attempt record(
            Contracts.Deployed deployed, Address key, Packing.Batch batch, Fees fees, long count) {
        long epoch = leases.sender().fence();
        eras.require(deployed.era());
        Slots.Place place =
                new Slots.Place(deployed.era(), key, slots.nextNonce(deployed.era(), key, count));
        Slots.Attempt attempt =
                attempts.open(place, batch.payload(), fees, deployed.chainId(), epoch);
        for (int i = 0; i < batch.items().size(); i++) {
            Packing.Item item = batch.items().get(i);
            intents.pack(item.id(), place, i, item.forwardNonce());
        }
        wakeups.intentsChanged();
        return attempt;
    }

    private void seeThrough(Contracts.Deployed deployed, List<Slots.Attempt> open) {
        delivery.send(open);
        Slots.Attempt newest = open.getLast();
        Instant due = newest.created().plus(properties.replaceAfter());
        if (clock.instant().isAfter(due)) {
            replace(deployed, newest);
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
        Slots.Attempt attempt =
                transactions.execute(_ -> {
                    leases.sender().fence();
                    eras.require(deployed.era());
                    return attempts.replace(stuck.place(), fees, deployed.chainId());
                });
        LOG.info("Replacing {} by {} for a higher fee", stuck.hash(), attempt.hash());
        delivery.send(List.of(attempt));
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
