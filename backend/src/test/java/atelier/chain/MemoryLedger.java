package atelier.chain;

import atelier.chain.MemoryStore.BlockRow;
import atelier.kernel.Address;
import java.util.List;
import java.util.Objects;

/** Points by account in memory, with the minted ones as a debt of nobody's. */
final class MemoryLedger {

    private final MemoryStore store;
    private final MemoryStore.Session session;

    MemoryLedger(MemoryStore store, MemoryStore.Session session) {
        this.store = store;
        this.session = session;
    }

    /** Without a name of its own, so that whoever looks for the application's does not find it. */
    Projection projection() {
        return new Projection() {
            @Override
            public void apply(ContractLogs logs) {
                MemoryLedger.this.apply(logs);
            }

            @Override
            public void revert(long fromBlock) {
                MemoryLedger.this.revert(fromBlock);
            }
        };
    }

    private void apply(ContractLogs logs) {
        session.statement();
        for (BlockRow block : store.newest(logs.from())) {
            if (block.header().number() <= logs.to()) {
                List<FakeContracts.Movement> moved =
                        block.logs().stream()
                                .map(FakeContracts::movement)
                                .filter(Objects::nonNull)
                                .toList();
                store.postings.put(block.header().number(), moved);
                moved.forEach(one -> post(one, 1));
            }
        }
    }

    private void revert(long fromBlock) {
        session.statement();
        for (long block : List.copyOf(store.postings.copy().keySet())) {
            if (block >= fromBlock) {
                store.postings.get(block).forEach(one -> post(one, -1));
                store.postings.remove(block);
            }
        }
    }

    private void post(FakeContracts.Movement moved, int sign) {
        add(moved.from(), -sign * moved.amount());
        add(moved.to(), sign * moved.amount());
    }

    private void add(Address account, long amount) {
        store.holdings.put(account, store.holdings.find(account).orElse(0L) + amount);
    }
}
