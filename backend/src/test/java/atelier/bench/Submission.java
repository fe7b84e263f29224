package atelier.bench;

import atelier.market.SignedOrder;
import atelier.workshop.DraftId;
import java.util.ArrayList;
import java.util.List;

/**
 * Operations accepted durably, mined and visible in the mirror, per second, from 64 callers at the
 * door; the peers take turns with ours on the same chain, and their clock stops at mined.
 */
final class Submission {

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
        ours(sizes.transfers() / 10, accepted);
        arena.analyze();
        arena.without(() -> fast(sizes.fast() / 10));
        accepted.clear();
        Arena.Spent spent = Arena.Spent.NOTHING;
        for (int round = 0; round < sizes.rounds(); round++) {
            Arena.Spent before = arena.spent();
            ours.add(ours(sizes.transfers(), accepted));
            spent = arena.spent().since(before).and(spent);
            fast.add(arena.without(() -> fast(sizes.fast())));
            naive.add(arena.without(() -> peers.naive(sizes.naive(), operations.transfers())));
        }
        double mine = median(ours);
        results.atLeast("submission.fast", mine, median(fast), FAST_BAR, "transfers/s");
        results.note("submission.naive", mine, median(naive), "transfers/s");
        double all = sizes.rounds() * (double) sizes.transfers() / 1e6;
        results.note("cpu.transfer.own", spent.own() / all, -1, "µs/transfer");
        results.note("cpu.transfer.sql", spent.database() / all, -1, "µs/transfer");
        results.note("cpu.transfer.node", spent.node() / all, -1, "µs/transfer");
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
        return settled(count, accepted, (_, i) -> operations.transfer(i));
    }

    /** Works made and then sold, each in turns with the fast peer. */
    void craftsAndFills() {
        List<DraftId> drafts = operations.drafts(sizes.crafts());
        double crafts =
                settled(
                        drafts.size(),
                        new ArrayList<>(),
                        (_, i) -> operations.craft(drafts.get(i), i));
        double fastCrafts =
                arena.without(() -> peers.fast(FAST_MANY, sizes.crafts(), operations.crafts()));
        results.atLeast("submission.craft", crafts, fastCrafts, FAST_BAR_OF_OTHERS, "crafts/s");
        int half = Math.min(sizes.fills(), drafts.size() / 2);
        List<SignedOrder> offers = operations.offers(drafts.subList(0, 2 * half));
        double fills =
                settled(half, new ArrayList<>(), (_, i) -> operations.fill(offers.get(i), i));
        Peers.Calls others = operations.fills(offers.subList(half, 2 * half));
        double fastFills = arena.without(() -> peers.fast(FAST_MANY, half, others));
        results.atLeast("submission.fill", fills, fastFills, FAST_BAR_OF_OTHERS, "fills/s");
    }

    private double settled(int count, List<Load.Took> accepted, Load.Work work) {
        long mark = arena.mark();
        long start = System.nanoTime();
        accepted.add(Load.run(Troupe.CALLERS, count, work));
        arena.settled(mark);
        return count / ((System.nanoTime() - start) / 1e9);
    }

    private static double median(List<Double> values) {
        return Load.median(values.stream().mapToDouble(one -> one).toArray());
    }
}
