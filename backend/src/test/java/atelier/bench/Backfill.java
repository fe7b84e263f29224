package atelier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.audit.AuditCommand;
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
 * naive mirror on the same blocks; before that without the crowd's events and with a tenth of them,
 * for how the time grows.
 */
final class Backfill {

    private static final double BOUND_BAR = 0.5;
    private static final double NAIVE_BAR = 25;
    private static final double GROWTH_BAR = 1.1;

    /**
     * The stranger's script holds every event in memory; more are compared with the bound alone.
     */
    private static final int STRANGERS_MOST = 500_000;

    private final Arena arena;
    private final Troupe troupe;
    private final Sizes sizes;
    private final Results results;
    private final Logs logs;

    /** One run of ours. */
    private record Run(long events, double seconds) {

        double perSecond() {
            return events / seconds;
        }

        /** What an event more took since a smaller run: what every start costs falls out. */
        double secondsForOneMore(Run smaller) {
            return (seconds - smaller.seconds) / (events - smaller.events);
        }
    }

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
        ours();
        Run none = ours();
        crowd.fill(sizes.events() / 10);
        ours();
        Run few = ours();
        crowd.fill(sizes.events() - sizes.events() / 10);
        ours();
        Run all = ours();
        results.under(
                "backfill.growth",
                all.secondsForOneMore(few) / few.secondsForOneMore(none),
                GROWTH_BAR,
                "× linear");
        long head = arena.mirrored();
        try (Bound bound = new Bound(logs, TestDatabase.create())) {
            Spent spent = new Spent(arena);
            long start = System.nanoTime();
            long events = bound.mirror(1, head);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("the bound: %,d events in %.1f s; %s%n", events, seconds, spent);
            results.atLeast(
                    "backfill.bound", all.perSecond(), events / seconds, BOUND_BAR, "events/s");
            assertThat(balances()).isEqualTo(bound.balances());
        }
        if (all.events() <= STRANGERS_MOST) {
            agree();
        }
        audit(all);
        try (NaiveMirror naive = new NaiveMirror(arena.chain(), TestDatabase.create())) {
            long enough = logs.blockOf(sizes.naiveEvents(), head);
            double slow = naive.mirror(logs.contracts(), 1, enough, sizes.naiveEvents());
            results.atLeast("backfill.naive", all.perSecond(), slow, NAIVE_BAR, "events/s");
        }
        results.note("backfill.events", (double) all.events(), sizes.events(), "events");
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

    /** All payments, fees and balances, from the node alone. */
    private void audit(Run mirrored) {
        long start = System.nanoTime();
        int code =
                AuditCommand.run(
                        "audit",
                        "--rpc",
                        arena.chain().url(),
                        "--directory",
                        arena.bean(Contracts.class).address(ContractKind.DIRECTORY).toString());
        double seconds = (System.nanoTime() - start) / 1e9;
        results.note("audit.time", seconds, mirrored.seconds(), "s");
        assertThat(code).isZero();
    }

    /** From an empty mirror to the head, until every index is there. */
    private Run ours() {
        long head = arena.chain().height();
        arena.forget();
        Spent spent = new Spent(arena);
        long start = System.nanoTime();
        arena.goOn();
        Arena.await(() -> arena.mirrored() >= head && arena.indexed());
        double seconds = (System.nanoTime() - start) / 1e9;
        String cost = spent.toString();
        arena.rest();
        long events =
                arena.database().sql("SELECT count(*) FROM derived.log").query(Long.class).single();
        System.out.printf("mirrored %,d events in %.1f s; %s%n", events, seconds, cost);
        return new Run(events, seconds);
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
