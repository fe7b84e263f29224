package atelier.bench;

import atelier.market.SignedOrder;
import atelier.workshop.DraftId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Operations accepted durably, mined and visible in the mirror, per second, from 64 callers at the
 * door; the peers take turns with ours on the same chain, and their clock stops at mined.
 */
final class Submission {

    private static final int WARM_CALLERS = 8;
    private static final int FAST_FEW = 8;
    private static final int FAST_MANY = 32;
    private static final double FAST_BAR = 2.5;
    private static final double FAST_BAR_OF_OTHERS = 1.5;

    private final Arena arena;
    private final Operations operations;
    private final Peers peers;
    private final Sizes sizes;
    private final Results results;

    Submission(Arena arena, Operations operations, Peers peers, Sizes sizes, Results results) {
        this.arena = arena;
        this.operations = operations;
        this.peers = peers;
        this.sizes = sizes;
        this.results = results;
    }

    /** Points from member to member; answers ours per second. */
    double transfers() {
        List<Double> ours = new ArrayList<>();
        List<Double> fast = new ArrayList<>();
        List<Double> naive = new ArrayList<>();
        List<Load.Took> accepted = new ArrayList<>();
        ours(sizes.warm(), accepted);
        arena.analyze();
        arena.without(() -> fast(sizes.warm()));
        accepted.clear();
        Arena.Spent spent = Arena.Spent.NOTHING;
        double compiling = 0;
        for (int round = 0; round < sizes.rounds(); round++) {
            Arena.Spent before = arena.spent();
            double compiled = Cpu.compiling();
            ours.add(ours(sizes.transfers(), accepted));
            compiling += Cpu.compiling() - compiled;
            spent = arena.spent().since(before).and(spent);
            fast.add(arena.without(() -> fast(sizes.fast())));
            naive.add(arena.without(() -> peers.naive(sizes.naive(), operations.transfers())));
        }
        double mine = median(ours);
        results.atLeast("submission.fast", mine, median(fast), FAST_BAR, "transfers/s");
        results.note("submission.naive", mine, median(naive), "transfers/s");
        cost("transfer", sizes.rounds() * sizes.transfers(), spent, compiling);
        Load.Took last = accepted.getLast();
        results.note("accept.door.p50", last.percentile(0.5), last.percentile(0.99), "ms, p99");
        results.note("accept.door.rate", last.perSecond(), mine, "accepted/s");
        return mine;
    }

    private double fast(int count) {
        return Math.max(
                peers.fast(FAST_FEW, count, operations.transfers()),
                peers.fast(FAST_MANY, count, operations.transfers()));
    }

    private double ours(int count, List<Load.Took> accepted) {
        return settled(Troupe.CALLERS, count, accepted, (_, i) -> operations.transfer(i));
    }

    /** Works made and then sold, each in turns with the fast peer. */
    void craftsAndFills() {
        List<DraftId> first = operations.drafts(sizes.crafts());
        warm(first.size(), (_, i) -> operations.craft(first.get(i), i));
        arena.without(() -> peers.fast(FAST_MANY, sizes.crafts(), operations.crafts()));
        List<DraftId> drafts = operations.drafts(sizes.crafts());
        double crafts = counted("craft", drafts.size(), i -> operations.craft(drafts.get(i), i));
        double fastCrafts =
                arena.without(() -> peers.fast(FAST_MANY, sizes.crafts(), operations.crafts()));
        results.atLeast("submission.craft", crafts, fastCrafts, FAST_BAR_OF_OTHERS, "crafts/s");
        List<SignedOrder> earlier = operations.offers(first);
        warm(earlier.size(), (_, i) -> operations.fill(earlier.get(i), i));
        int half = Math.min(sizes.fills(), drafts.size() / 2);
        List<SignedOrder> offers = operations.offers(drafts.subList(0, 2 * half));
        double fills = counted("fill", half, i -> operations.fill(offers.get(i), i));
        Peers.Calls others = operations.fills(offers.subList(half, 2 * half));
        double fastFills = arena.without(() -> peers.fast(FAST_MANY, half, others));
        results.atLeast("submission.fill", fills, fastFills, FAST_BAR_OF_OTHERS, "fills/s");
        alone();
    }

    /** How many there were in a second, with a note of what each took of the processors. */
    private double counted(String what, int count, IntConsumer command) {
        List<Load.Took> accepted = new ArrayList<>();
        Arena.Spent before = arena.spent();
        double compiled = Cpu.compiling();
        double perSecond = settled(Troupe.CALLERS, count, accepted, (_, i) -> command.accept(i));
        cost(what, count, arena.spent().since(before), Cpu.compiling() - compiled);
        Load.Took took = accepted.getFirst();
        String name = "accept." + what;
        results.note(name + ".p50", took.percentile(0.5), took.percentile(0.99), "ms, p99");
        results.note(name + ".rate", took.perSecond(), perSecond, "accepted/s");
        return perSecond;
    }

    private void cost(String what, int count, Arena.Spent spent, double compiling) {
        double all = count / 1e6;
        String unit = "µs/" + what;
        results.note("cpu." + what + ".own", spent.own() / all, -1, unit);
        results.note("cpu." + what + ".jit", compiling / all, -1, unit + ", of own");
        results.note("cpu." + what + ".sql", spent.database() / all, -1, unit);
        results.note("cpu." + what + ".node", spent.node() / all, -1, unit);
    }

    /** What one making and one purchase ask the database when nobody else is there. */
    private void alone() {
        List<DraftId> draft = operations.drafts(1);
        arena.rest();
        results.note(
                "craft.statements",
                arena.tap().during(() -> operations.craft(draft.getFirst(), 0)).size(),
                -1,
                "SQL");
        arena.goOn();
        arena.calm();
        List<SignedOrder> offer = operations.offers(draft);
        arena.rest();
        results.note(
                "fill.statements",
                arena.tap().during(() -> operations.fill(offer.getFirst(), 0)).size(),
                -1,
                "SQL");
        arena.goOn();
    }

    /** A JVM that has not done it before takes ten times as long, and its pool runs dry. */
    private void warm(int count, Load.Work work) {
        settled(WARM_CALLERS, count, new ArrayList<>(), work);
        arena.analyze();
    }

    private double settled(int callers, int count, List<Load.Took> accepted, Load.Work work) {
        long mark = arena.mark();
        long start = System.nanoTime();
        accepted.add(Load.run(callers, count, work));
        arena.settled(mark);
        return count / ((System.nanoTime() - start) / 1e9);
    }

    private static double median(List<Double> values) {
        return Load.median(values.stream().mapToDouble(one -> one).toArray());
    }
}
