package atelier.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import atelier.chain.Call;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.web3j.crypto.Hash;

/**
 * Points for many members at once, each new to the ledger: from the sender's first look until
 * mined, against the node given the same batches signed beforehand; until mirrored apart.
 */
final class Issuing {

    private static final double BAR = 0.8;
    private static final int AT_ONCE = 500;

    private final Arena arena;
    private final Sizes sizes;
    private final Results results;

    Issuing(Arena arena, Sizes sizes, Results results) {
        this.arena = arena;
        this.sizes = sizes;
        this.results = results;
    }

    void measure() {
        int count = sizes.recipients();
        arena.rest();
        try (Anvil twin = arena.chain().twin()) {
            long mark = arena.mark();
            for (int first = 0; first < count; first += AT_ONCE) {
                submit(Math.min(AT_ONCE, count - first));
            }
            Arena.Spent before = arena.spent();
            long start = System.nanoTime();
            arena.goOn();
            arena.mined(mark);
            double seconds = (System.nanoTime() - start) / 1e9;
            Arena.Spent spent = arena.spent().since(before);
            arena.settled(mark);
            double mirrored = (System.nanoTime() - start) / 1e9;
            arena.rest();
            Replay.Took node = Replay.since(arena, mark).on(twin);
            arena.goOn();
            results.atLeast(
                    "issue.ceiling", count / seconds, count / node.seconds(), BAR, "recipients/s");
            String unit = "µs/recipient";
            results.note("cpu.issue.own", spent.own() / count * 1e6, -1, unit);
            results.note("cpu.issue.sql", spent.database() / count * 1e6, -1, unit);
            results.note(
                    "cpu.issue.node",
                    spent.node() / count * 1e6,
                    node.cpuSeconds() / count * 1e6,
                    unit);
            results.note("issue.mirrored", count / mirrored, count / seconds, "recipients/s");
        }
    }

    private void submit(int count) {
        List<IntentRequest> issues = Stream.generate(Issuing::issue).limit(count).toList();
        arena.transactions().executeWithoutResult(_ -> arena.bean(Intents.class).submitNew(issues));
    }

    private static IntentRequest issue() {
        String key = UUID.randomUUID().toString();
        byte[] hash = Hash.sha3(key.getBytes(US_ASCII));
        return new IntentRequest(
                null,
                "bench.issue",
                key,
                new Call.Issue(
                        Address.of(Arrays.copyOf(hash, Address.LENGTH)), TokenAmount.ofUnits(1)),
                null,
                IntentRequest.hashOf(key),
                Instant.now().plusSeconds(3_600),
                null);
    }
}
