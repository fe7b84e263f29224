package atelier.chain;

import atelier.chain.MirrorTables.Cursor;
import atelier.chain.Node.Header;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings the mirror to the node's head, one transaction per range of blocks: logs, projections,
 * intents and cursor together, so that none is ever ahead of another. Where the node's chain is not
 * ours any more, it first takes back what is not on it.
 */
@Component
class Reader {

    /** The chain has started again under us. */
    static final class ChainRestarted extends RuntimeException {
        ChainRestarted() {
            super("The chain has started again");
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);
    private static final int WORTH_POSTPONING = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Node node;
    private final NodeView view;
    private final Ranges ranges;
    private final MirrorTables tables;
    private final Outcomes outcomes;
    private final MirrorWriter writer;
    private final Contracts contracts;
    private final Eras eras;
    private final Lease lease;
    private final Leases leases;
    private final Wakeups wakeups;
    private final TransactionOperations transactions;
    private final ApplicationEventPublisher events;
    private final ChainProperties properties;
    private final Clock clock;
    private final Stride stride = new Stride();
    private boolean indexed;
    private Instant holdAgain = Instant.EPOCH;
    private @Nullable Instant shorterSince;

    Reader(
            Node node,
            NodeView view,
            Ranges ranges,
            MirrorTables tables,
            Outcomes outcomes,
            List<Projection> projections,
            Contracts contracts,
            Eras eras,
            Leases leases,
            Wakeups wakeups,
            TransactionOperations transactions,
            ApplicationEventPublisher events,
            ChainProperties properties,
            Clock clock) {
        this.node = node;
        this.view = view;
        this.ranges = ranges;
        this.tables = tables;
        this.outcomes = outcomes;
        this.writer = new MirrorWriter(tables, projections);
        this.contracts = contracts;
        this.eras = eras;
        this.lease = leases.reader();
        this.leases = leases;
        this.wakeups = wakeups;
        this.transactions = transactions;
        this.events = events;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Mirrors everything up to the node's head, if reading is this process's work.
     *
     * @return whether blocks were added or taken back
     * @throws ChainRestarted if the chain is a new one
     */
    boolean catchUp(Era era) {
        Header head = node.head();
        view.saw(head.number());
        if (!hold()) {
            return false;
        }
        Cursor cursor = cursor(era, head);
        boolean moved = false;
        while (!cursor.hash().equals(head.hash())) {
            Cursor next = advance(era, cursor, head);
            if (next.equals(cursor)) {
                break;
            }
            cursor = next;
            moved = true;
            lease.hold();
        }
        if (!indexed && cursor.height() >= head.number()) {
            tables.completeIndexes();
            indexed = true;
        }
        return moved;
    }

    /** Looks that find nothing new come every few milliseconds; the lease is kept now and then. */
    private boolean hold() {
        Instant now = clock.instant();
        if (lease.held() && now.isBefore(holdAgain)) {
            return true;
        }
        holdAgain = now.plus(properties.lease().dividedBy(4));
        return lease.hold();
    }

    private Cursor cursor(Era era, Header head) {
        Optional<Cursor> known = tables.cursor();
        return known.filter(cursor -> cursor.era() == era.number())
                .orElseGet(() -> begin(era, known, head));
    }

    /** An empty mirror, or one of a chain that is gone, starts before our first block. */
    private Cursor begin(Era era, Optional<Cursor> known, Header head) {
        long first = contracts.get().firstBlock();
        Header before =
                node.header(Node.tag(first - 1))
                        .orElseThrow(() -> new Fetch.Contradiction("No block " + (first - 1)));
        transactions.executeWithoutResult(_ -> {
            requireUnmoved(era, known);
            writer.begin(era.number(), before);
            if (head.number() - first > WORTH_POSTPONING) {
                tables.postponeIndexes();
            }
        });
        indexed = false;
        return tables.cursor().orElseThrow();
    }

    private Cursor advance(Era era, Cursor cursor, Header head) {
        if (head.number() <= cursor.height()) {
            return shorter(era, cursor, head);
        }
        shorterSince = null;
        try {
            Cursor next = follow(era, cursor, head);
            stride.worked();
            return next;
        } catch (NodeRefused
                | NodeUnavailable
                | DataAccessException
                | TransactionException tooMuch) {
            stride.tooMuch();
            throw tooMuch;
        }
    }

    /** While a range is written the next one is fetched. */
    private Cursor follow(Era era, Cursor cursor, Header head) {
        Collection<Address> addresses = contracts.get().addresses().values();
        if (head.parent().equals(cursor.hash())) {
            return wakeups.newestBlock()
                    .first(() -> add(era, cursor, ranges.block(addresses, head)));
        }
        long from = cursor.height() + 1;
        long last = head.number();
        Range range = ranges.range(addresses, from, Math.min(last, from - 1 + stride.blocks()));
        if (!range.parent().equals(cursor.hash())) {
            return reorganise(era, cursor, cursor.height());
        }
        stride.came(range);
        if (range.to() < last) {
            ranges.ahead(addresses, range.to() + 1, Math.min(last, range.to() + stride.blocks()));
        }
        return add(era, cursor, range);
    }

    /**
     * The head is not above ours. With another hash there it is a reorg; with the same, the node
     * may be one that lags behind another, so it gets a moment before it is believed.
     */
    private Cursor shorter(Era era, Cursor cursor, Header head) {
        boolean known = tables.canonical(head.number()).filter(head.hash()::equals).isPresent();
        if (!known) {
            return reorganise(era, cursor, head.number());
        }
        Instant now = clock.instant();
        if (shorterSince == null) {
            shorterSince = now;
        }
        if (now.isBefore(shorterSince.plus(PATIENCE))) {
            return cursor;
        }
        shorterSince = null;
        return takeBack(era, cursor, head.number(), head.hash());
    }

    /** Finds the newest block that we and the node share, at most at this height. */
    private Cursor reorganise(Era era, Cursor cursor, long highest) {
        if (!eras.stillIn(era)) {
            throw new ChainRestarted();
        }
        long height = Math.min(highest, cursor.height());
        for (; height >= cursor.start(); height--) {
            Optional<Hash32> ours = tables.canonical(height);
            Optional<Hash32> theirs = node.header(Node.tag(height)).map(Header::hash);
            if (ours.isPresent() && ours.equals(theirs)) {
                return takeBack(era, cursor, height, ours.get());
            }
        }
        return takeBack(
                era,
                cursor,
                height,
                tables.canonical(height)
                        .orElseThrow(() -> new IllegalStateException("The mirror has no start")));
    }

    private Cursor takeBack(Era era, Cursor cursor, long height, Hash32 hash) {
        if (height == cursor.height()) {
            return cursor;
        }
        LOG.info("Reorg: blocks {} to {} are taken back", height + 1, cursor.height());
        transactions.executeWithoutResult(_ -> {
            requireUnmoved(era, Optional.of(cursor));
            writer.takeBack(height, hash);
            outcomes.revert(era.number(), height + 1);
            announce(height + 1, height, true);
        });
        publish(new MirrorAdvanced(height + 1, height, true));
        return tables.cursor().orElseThrow();
    }

    private Cursor add(Era era, Cursor cursor, Range range) {
        List<Outcomes.Outcome> settled = outcomes.upTo(era.number(), range);
        Map<Address, ContractKind> kinds = contracts.kinds();
        transactions.executeWithoutResult(_ -> {
            requireUnmoved(era, Optional.of(cursor));
            writer.add(range, kinds);
            settled.stream().filter(o -> canonical(o, range)).forEach(outcomes::settle);
            outcomes.finish(era.number(), range.to() - properties.confirmations());
            announce(range.from(), range.to(), false);
        });
        wakeups.sender().ring();
        publish(new MirrorAdvanced(range.from(), range.to(), false));
        return new Cursor(cursor.era(), cursor.start(), range.to(), range.last().hash());
    }

    /**
     * Called first in a transaction that moves the cursor. The lease may have been another's
     * between two of ours, and the cursor moved by them.
     */
    private void requireUnmoved(Era era, Optional<Cursor> seen) {
        holdAgain = Instant.EPOCH;
        lease.fence();
        eras.requireLatest(era);
        if (!tables.cursor().equals(seen)) {
            throw new Lease.Lost("reader");
        }
    }

    private boolean canonical(Outcomes.Outcome outcome, Range range) {
        Node.Receipt receipt = outcome.receipt();
        return range.holds(receipt.block(), receipt.blockHash())
                || tables.canonical(receipt.block())
                        .filter(receipt.blockHash()::equals)
                        .isPresent();
    }

    private void announce(long from, long to, boolean reorg) {
        wakeups.notify(Wakeups.BLOCKS, leases.process() + " " + from + " " + to + " " + reorg);
    }

    private void publish(MirrorAdvanced advanced) {
        try {
            events.publishEvent(advanced);
        } catch (RuntimeException e) {
            LOG.warn("A listener failed on {}", advanced, e);
        }
    }
}
