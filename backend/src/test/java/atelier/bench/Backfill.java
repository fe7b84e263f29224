package atelier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.testing.Agreement;
import atelier.testing.TestDatabase;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Everything on the chain, mirrored anew into the empty ledger's tables, against the bound and the
 * naive mirror on the same blocks; once with a tenth of the events, for how the time grows.
 */
final class Backfill {

    private static final double BOUND_BAR = 0.5;
    private static final double NAIVE_BAR = 25;
    private static final double GROWTH_BAR = 1.1;

    private final Arena arena;
    private final Troupe troupe;
    private final Sizes sizes;
    private final Results results;
    private final Logs logs;

    Backfill(Arena arena, Troupe troupe, Sizes sizes, Results results) {
        this.arena = arena;
        this.troupe = troupe;
        this.sizes = sizes;
        this.results = results;
        this.logs = new Logs(arena);
    }

    void measure() throws SQLException {
        arena.rest();
        Crowd crowd = new Crowd(arena, troupe);
        crowd.fill(sizes.events() / 10 - events());
        ours();
        double few = 1 / ours();
        crowd.fill(sizes.events() - events());
        double rate = ours();
        results.note("backfill.growth", 1 / rate / few, GROWTH_BAR, "× linear");
        long head = arena.mirrored();
        try (Bound bound = new Bound(logs, TestDatabase.create())) {
            long start = System.nanoTime();
            long events = bound.mirror(1, head);
            double bare = events / ((System.nanoTime() - start) / 1e9);
            results.atLeast("backfill.bound", rate, bare, BOUND_BAR, "events/s");
            assertThat(balances()).isEqualTo(bound.balances());
        }
        agree();
        try (NaiveMirror naive = new NaiveMirror(arena.chain(), TestDatabase.create())) {
            double slow = naive.mirror(logs.contracts(), 1, head, sizes.naiveEvents());
            results.atLeast("backfill.naive", rate, slow, NAIVE_BAR, "events/s");
        }
        results.note("backfill.events", (double) events(), sizes.events(), "events");
    }

    /** Every holding, sale, order and rule, by somebody else's code. */
    private void agree() {
        Agreement found =
                Agreement.of(
                        arena.chain().url(),
                        arena.bean(Contracts.class).address(ContractKind.DIRECTORY).toString(),
                        arena.web().toString(),
                        Duration.ofMinutes(20));
        System.out.println(found.words().strip());
        assertThat(found.reached()).as(found.words()).isTrue();
    }

    private long events() {
        long[] count = {0};
        logs.each(0, arena.chain().height(), _ -> count[0]++);
        return count[0];
    }

    /** Events per second, from an empty mirror to the head. */
    private double ours() {
        long head = arena.chain().height();
        arena.forget();
        long start = System.nanoTime();
        arena.goOn();
        Arena.await(() -> arena.mirrored() >= head && arena.indexed());
        double seconds = (System.nanoTime() - start) / 1e9;
        arena.rest();
        long events =
                arena.database().sql("SELECT count(*) FROM derived.log").query(Long.class).single();
        System.out.printf("mirrored %,d events in %.1f s%n", events, seconds);
        return events / seconds;
    }

    private Map<String, BigInteger> balances() {
        Map<String, BigInteger> balances = new HashMap<>();
        arena.database()
                .sql(
                        "SELECT encode(account, 'hex') AS account, amount FROM derived.holding WHERE"
                                + " asset_class = 'points' AND amount <> 0")
                .query(row -> {
                    balances.put(row.getString(1), row.getBigDecimal(2).toBigIntegerExact());
                });
        return balances;
    }
}
