package atelier.chain;

import atelier.chain.MemoryStore.BlockRow;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;

/** The mirror in memory; the canonical blocks only. */
final class MemoryMirror implements MirrorTables {

    private final MemoryStore store;
    private final MemoryStore.Session session;

    MemoryMirror(MemoryStore store, MemoryStore.Session session) {
        this.store = store;
        this.session = session;
    }

    @Override
    public Optional<Cursor> cursor() {
        session.statement();
        return store.cursor.find("");
    }

    @Override
    public Optional<Hash32> canonical(long number) {
        session.statement();
        return store.blocks.find(number).map(row -> row.header().hash());
    }

    @Override
    public void begin(int era, Node.Header before) {
        session.statement();
        store.blocks.clear();
        store.blocks.put(before.number(), new BlockRow(before, List.of()));
        store.cursor.put("", new Cursor(era, before.number() + 1, before.number(), before.hash()));
    }

    @Override
    public void orphan(long from) {
        session.statement();
        store.newest(from).forEach(row -> store.blocks.remove(row.header().number()));
    }

    @Override
    public void add(Range range, Map<Address, ContractKind> contracts) {
        session.statement();
        Map<Hash32, List<Node.Log>> logs = new HashMap<>();
        for (Node.Log log : range.logs()) {
            if (!contracts.containsKey(log.address())) {
                throw new Fetch.Contradiction("The node gave a log of another contract");
            }
            logs.computeIfAbsent(log.blockHash(), _ -> new ArrayList<>()).add(log);
        }
        for (Node.Header header : range.headers()) {
            if (store.blocks.find(header.number()).isPresent()) {
                throw new DuplicateKeyException("block");
            }
            store.blocks.put(
                    header.number(),
                    new BlockRow(header, logs.getOrDefault(header.hash(), List.of())));
        }
    }

    @Override
    public void move(long height, Hash32 hash) {
        session.statement();
        Cursor now = store.cursor.get("");
        store.cursor.put("", new Cursor(now.era(), now.start(), height, hash));
    }
}
