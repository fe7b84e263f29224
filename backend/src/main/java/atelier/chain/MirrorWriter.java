package atelier.chain;

import atelier.chain.Node.Header;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.util.List;
import java.util.Map;

/**
 * Adds to a mirror and takes back from it, so that blocks, logs, projections and the cursor say the
 * same. Whoever calls has a transaction open.
 */
final class MirrorWriter {

    private final MirrorTables tables;
    private final List<Projection> projections;

    MirrorWriter(MirrorTables tables, List<Projection> projections) {
        this.tables = tables;
        this.projections = List.copyOf(projections);
    }

    /** Starts an empty mirror on the block before the first of ours. */
    void begin(int era, Header before) {
        projections.reversed().forEach(projection -> projection.revert(0));
        tables.begin(era, before);
    }

    void add(Range range, Map<Address, ContractKind> contracts) {
        tables.add(range, contracts);
        if (!range.logs().isEmpty()) {
            ContractLogs logs = range.contractLogs(contracts);
            projections.forEach(projection -> projection.apply(logs));
        }
        tables.move(range.to(), range.last().hash());
    }

    /** Leaves the mirror at a block that it holds. */
    void takeBack(long height, Hash32 hash) {
        tables.orphan(height + 1);
        projections.reversed().forEach(projection -> projection.revert(height + 1));
        tables.move(height, hash);
    }
}
