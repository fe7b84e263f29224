package atelier.chain;

import atelier.chain.MirrorTables.Cursor;
import atelier.chain.Node.Header;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.util.Collection;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/** A mirror made from the chain alone, beside the one that is served; nobody else writes it. */
final class FreshMirror {

    private final Node node;
    private final Ranges ranges;
    private final MirrorTables tables;
    private final MirrorWriter writer;
    private final TransactionOperations transactions;
    private final Era era;
    private final MirrorScope scope;
    private final Stride stride = new Stride();

    FreshMirror(
            Node node,
            Ranges ranges,
            MirrorTables tables,
            MirrorWriter writer,
            TransactionOperations transactions,
            Era era,
            MirrorScope scope) {
        this.node = node;
        this.ranges = ranges;
        this.tables = tables;
        this.writer = writer;
        this.transactions = transactions;
        this.era = era;
        this.scope = scope;
    }

    /**
     * Brings it to a height, forwards or back.
     *
     * @throws NodeUnavailable if the node does not say what is there
     */
    Cursor bringTo(long height) {
        Cursor cursor = tables.cursor().orElseGet(this::begin);
        while (cursor.height() < height) {
            cursor = follow(cursor, height);
        }
        return cursor.height() == height ? cursor : takeBack(height);
    }

    /** Makes it fit to be read by pages. */
    void completeIndexes() {
        tables.completeIndexes();
    }

    private Cursor begin() {
        Header before = header(scope.firstBlock() - 1);
        transactions.executeWithoutResult(_ -> {
            writer.begin(era.number(), before);
            tables.postponeIndexes();
        });
        return tables.cursor().orElseThrow();
    }

    /** A range that the node does not get through is asked for again as halves. */
    private Cursor follow(Cursor cursor, long height) {
        try {
            Collection<Address> addresses = scope.contracts().values();
            long from = cursor.height() + 1;
            Range range =
                    ranges.range(addresses, from, Math.min(height, from - 1 + stride.blocks()));
            if (!range.parent().equals(cursor.hash())) {
                return takeBack(lastShared(cursor));
            }
            stride.came(range);
            if (range.to() < height) {
                ranges.ahead(
                        addresses, range.to() + 1, Math.min(height, range.to() + stride.blocks()));
            }
            return add(range);
        } catch (NodeRefused | NodeUnavailable e) {
            if (stride.blocks() == 1) {
                throw e;
            }
            stride.tooMuch();
            return cursor;
        }
    }

    private Cursor add(Range range) {
        transactions.executeWithoutResult(_ -> writer.add(range, scope.kinds()));
        return tables.cursor().orElseThrow();
    }

    private long lastShared(Cursor cursor) {
        long height = cursor.height() - 1;
        while (height >= cursor.start() && !shared(height)) {
            height--;
        }
        return height;
    }

    private boolean shared(long height) {
        Optional<Hash32> ours = tables.canonical(height);
        return ours.isPresent() && ours.equals(node.header(Node.tag(height)).map(Header::hash));
    }

    private Cursor takeBack(long height) {
        Hash32 hash = tables.canonical(height).orElseThrow();
        transactions.executeWithoutResult(_ -> writer.takeBack(height, hash));
        return tables.cursor().orElseThrow();
    }

    private Header header(long height) {
        return node.header(Node.tag(height))
                .orElseThrow(() -> new NodeUnavailable("The node has no block " + height));
    }
}
