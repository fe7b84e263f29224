package atelier.chain;

import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Executions in memory. */
final class MemoryExecutions implements Executions {

    private final MemoryStore store;
    private final MemoryStore.Session session;

    MemoryExecutions(MemoryStore store, MemoryStore.Session session) {
        this.store = store;
        this.session = session;
    }

    @Override
    public Set<Hash32> foreign(int era, Collection<Hash32> transactions) {
        session.statement();
        Set<Hash32> foreign = new LinkedHashSet<>(transactions);
        for (SlotRow row : store.slots.all()) {
            if (row.place().era() == era) {
                row.attempts().forEach(attempt -> foreign.remove(attempt.hash()));
            }
        }
        return foreign;
    }

    @Override
    public Optional<IntentId> rider(int era, IntentStore.Request request) {
        session.statement();
        return store.openIntents.all().stream()
                .filter(row -> row.state().equals("SENT") && row.era() == era)
                .filter(row ->
                        row.signature() != null
                                && request.nonce().longValueExact() == row.signature().nonce())
                .filter(row ->
                        row.call() instanceof Call.Forward forward
                                && forward.signer().equals(request.signer()))
                .max(Comparator.comparing(row -> until(row)))
                .map(IntentRow::id);
    }

    private static Instant until(IntentRow row) {
        return Objects.requireNonNull(row.signature()).until();
    }

    @Override
    public void add(int era, List<Execution> more) {
        session.statement();
        for (Execution one : more) {
            List<Hash32> key = List.of(one.id().hash(), one.tx());
            if (store.executions.find(key).isEmpty()) {
                store.executions.put(key, new ExecutionRow(era, one, false));
            }
        }
        for (Execution one : more) {
            store.intents
                    .find(one.id())
                    .filter(row -> List.of("WAITING", "SENT", "FAILED").contains(row.state()))
                    .ifPresent(row ->
                            store.executed(era, row).ifPresent(by -> store.put(row.adopted(by))));
        }
    }

    @Override
    public int adopt(int era) {
        session.statement();
        List<IntentRow> waiting =
                store.openIntents.all().stream()
                        .filter(row -> row.state().equals("WAITING"))
                        .filter(row -> store.executed(era, row).isPresent())
                        .toList();
        waiting.forEach(row -> store.put(row.adopted(store.executed(era, row).orElseThrow())));
        session.written();
        return waiting.size();
    }

    @Override
    public void finish(int era, long height) {
        session.statement();
        for (Map.Entry<List<Hash32>, ExecutionRow> one : store.executions.copy().entrySet()) {
            ExecutionRow row = one.getValue();
            if (row.era() == era && !row.isFinal() && row.execution().block() <= height) {
                store.executions.put(one.getKey(), new ExecutionRow(era, row.execution(), true));
            }
        }
    }

    @Override
    public void revert(int era, long from) {
        session.statement();
        for (Map.Entry<List<Hash32>, ExecutionRow> one : store.executions.copy().entrySet()) {
            ExecutionRow row = one.getValue();
            if (row.era() == era && row.execution().block() >= from) {
                store.executions.remove(one.getKey());
            }
        }
    }

    @Override
    public boolean examined(int era, Node.Header block) {
        session.statement();
        return store.cursor
                .find("")
                .filter(c -> c.era() == era && c.height() >= block.number())
                .flatMap(_ -> store.blocks.find(block.number()))
                .filter(row -> row.header().hash().equals(block.hash()))
                .isPresent();
    }
}
