package atelier.bench;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.kernel.Address;
import atelier.vault.TypedData;
import atelier.vault.TypedData.Field;
import atelier.vault.TypedDomain;
import atelier.vault.Vault;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What two cores allow: two divided by the processor seconds that one points transfer costs the
 * node, the accepting, the signing and the mirror, each measured alone.
 */
final class Ceiling {

    private static final double CORES = 2;
    private static final double BAR = 0.6;
    private static final int LOGS_OF_A_TRANSFER = 2;
    private static final int BATCH = 100;

    private final Arena arena;
    private final Troupe troupe;
    private final Operations operations;
    private final Sizes sizes;
    private final Results results;

    Ceiling(Arena arena, Troupe troupe, Operations operations, Sizes sizes, Results results) {
        this.arena = arena;
        this.troupe = troupe;
        this.operations = operations;
        this.sizes = sizes;
        this.results = results;
    }

    /**
     * @param ours transfers per second, as measured in the same run
     */
    void measure(double ours) {
        int count = sizes.transfers();
        arena.rest();
        long mark = arena.mark();
        double accept =
                cpu(() -> Load.run(Troupe.CALLERS, count, (_, i) -> operations.transfer(i)));
        double sign = cpu(() -> Load.run(1, count / BATCH, (_, i) -> sign(i * BATCH)));
        try (Anvil twin = arena.chain().twin()) {
            arena.goOn();
            arena.settled(mark);
            arena.rest();
            double node = Replay.since(arena, mark).on(twin).cpuSeconds();
            double mirror = mirror();
            results.note("cpu.node", node / count * 1e6, 0, "µs/transfer");
            results.note("cpu.accept", accept / count * 1e6, 0, "µs/transfer");
            results.note("cpu.sign", sign / count * 1e6, 0, "µs/transfer");
            results.note("cpu.mirror", mirror * 1e6, 0, "µs/transfer");
            double sum = (node + accept + sign) / count + mirror;
            results.atLeast("submission.ceiling", ours, CORES / sum, BAR, "transfers/s");
        }
    }

    /** Seconds for one transfer, from mirroring all there is anew; transfers are most of it. */
    private double mirror() {
        long head = arena.chain().height();
        arena.forget();
        double all =
                cpu(() -> {
                    arena.goOn();
                    Arena.await(() -> arena.mirrored() >= head);
                });
        long logs =
                arena.database().sql("SELECT count(*) FROM derived.log").query(Long.class).single();
        return all * LOGS_OF_A_TRANSFER / logs;
    }

    /** Of this process and the database; the node's is its own. */
    private double cpu(Runnable work) {
        double before = Cpu.own() + arena.databaseCpu();
        work.run();
        return Cpu.own() + arena.databaseCpu() - before;
    }

    /** As many as the sender signs at once. */
    private void sign(int first) {
        arena.bean(Vault.class)
                .signAll(IntStream.range(first, first + BATCH).mapToObj(this::request).toList());
    }

    private Vault.Wanted request(int number) {
        Troupe.Player player = troupe.player(number);
        Contracts contracts = arena.bean(Contracts.class);
        Address forwarder = contracts.address(ContractKind.FORWARDER);
        TypedData request =
                new TypedData(
                        new TypedDomain("Atelier Forwarder", "1", contracts.chainId(), forwarder),
                        "ForwardRequest",
                        List.of(
                                new Field("address", "from", player.account()),
                                new Field("address", "to", contracts.address(ContractKind.POINTS)),
                                new Field("uint256", "value", BigInteger.ZERO),
                                new Field("uint256", "gas", BigInteger.valueOf(100_000)),
                                new Field("uint256", "nonce", BigInteger.valueOf(number)),
                                new Field("uint48", "deadline", BigInteger.TWO.pow(40)),
                                new Field("bytes", "data", new byte[100])));
        return new Vault.Wanted(player.id().toString(), player.account(), request);
    }
}
