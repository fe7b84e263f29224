package atelier.chain;

import atelier.chain.MirrorTables.Cursor;
import atelier.chain.Node.Header;
import atelier.kernel.Hash32;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/** A mirror made from the chain alone, beside the one that is served; nobody else writes it. */
final class FreshMirror {

    private static final int LONGEST_RANGE = 512;

    private final Node node;
    private final Fetch fetch;
    private final MirrorTables tables;
    private final MirrorWriter writer;
    private final TransactionOperations transactions;
    private final Era era;
    private final MirrorScope scope;
    private int longest = LONGEST_RANGE;

    FreshMirror(
            Node node,
            MirrorTables tables,
            MirrorWriter writer,
            TransactionOperations transactions,
            Era era,
            MirrorScope scope) {
        this.node = node;
        this.fetch = new Fetch(node);
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

    private Cursor begin() {
        Header before = header(scope.firstBlock() - 1);
        transactions.executeWithoutResult(_ -> writer.begin(era.number(), before));
        return tables.cursor().orElseThrow();
    }

    /** A range that the node does not get through is asked for again as halves. */
    private Cursor follow(Cursor cursor, long height) {
        try {
            long to = Math.min(height, cursor.height() + longest);
            Range range = fetch.range(scope.contracts().values(), cursor.height() + 1, to);
            longest = Math.min(LONGEST_RANGE, longest * 2);
            return range.parent().equals(cursor.hash()) ? add(range) : takeBack(lastShared(cursor));
        } catch (NodeRefused | NodeUnavailable e) {
            if (longest == 1) {
                throw e;
            }
            longest = Math.max(1, longest / 2);
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
