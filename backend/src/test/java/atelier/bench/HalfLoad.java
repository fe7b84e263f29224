package atelier.bench;

import atelier.identity.ApiTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Points transfers over HTTP at half of what was reached at the door, whatever the answers take:
 * how long until accepted, and how long from a block's announcement until it is mirrored.
 */
final class HalfLoad {

    private static final String TRANSFERS = "/api/v1/me/points/transfers";
    private static final double ACCEPT_MILLIS = 50;
    private static final double VISIBLE_MILLIS = 50;
    private static final int ACCEPTED = 202;

    /** Enough that none is waited for while answers take their 50 ms, at thousands a second. */
    private static final int CALLERS = 4 * Troupe.CALLERS;

    private static final int WARM_CALLERS = 8;

    /** Compilers that take less of a core than this have done what they will do. */
    private static final double CALM = 0.1;

    private static final int MOST_WARM_UPS = 12;
    private static final double WARM_UP_SECONDS = 10;

    private final Arena arena;
    private final Troupe troupe;
    private final BenchedAtelier atelier;
    private final Sizes sizes;
    private final Results results;

    HalfLoad(Arena arena, Troupe troupe, BenchedAtelier atelier, Sizes sizes, Results results) {
        this.arena = arena;
        this.troupe = troupe;
        this.atelier = atelier;
        this.sizes = sizes;
        this.results = results;
    }

    /**
     * @param full transfers per second at the door
     */
    void measure(double full) throws Exception {
        double rate = full / 2;
        List<String> tokens =
                IntStream.range(0, Troupe.MEMBERS)
                        .mapToObj(i ->
                                arena.bean(ApiTokens.class).issue(troupe.player(i).id()).token())
                        .toList();
        try (HttpClient http = client();
                Watch watch = Watch.over(arena)) {
            URI transfers = atelier.address().resolve(TRANSFERS);
            Load.Work work = (_, i) -> transfer(http, transfers, tokens, i);
            Runnable once = () -> transfer(http, arena.web().resolve(TRANSFERS), tokens, 0);
            results.note("accept.statements", statements(once), -1, "SQL");
            warmUp(work, rate);
            watch.restart();
            long mark = arena.mark();
            Processors before = Processors.of(arena, atelier);
            Load.Took took = Load.run(CALLERS, (int) (rate * sizes.seconds()), rate, work);
            arena.settled(mark);
            Processors.of(arena, atelier).since(before).note(results, took);
            results.note("accept.p50", took.percentile(0.5), took.perSecond(), "ms, at /s");
            results.under("accept.p99", took.percentile(0.99), ACCEPT_MILLIS, "ms");
            results.under(
                    "visible.p50", Load.percentile(watch.delays(), 0.5), VISIBLE_MILLIS, "ms");
            results.note(
                    "visible.p99",
                    Load.percentile(watch.delays(), 0.99),
                    watch.delays().length,
                    "ms, blocks");
        }
    }

    /** Asked for one transfer in this process, whose sender and reader rest. */
    private int statements(Runnable transfer) {
        return IntStream.range(0, 5)
                .map(_ -> arena.tap().during(transfer).size())
                .min()
                .orElseThrow();
    }

    /** Until the compilers have done what they will do; then all settles. */
    private void warmUp(Load.Work work, double rate) {
        long mark = arena.mark();
        Load.run(WARM_CALLERS, sizes.warm(), work);
        int warmUps = 0;
        double compiling = Double.MAX_VALUE;
        while (compiling > CALM && warmUps++ < MOST_WARM_UPS) {
            double before = atelier.compilingSeconds();
            Load.run(CALLERS, (int) (rate * WARM_UP_SECONDS), rate, work);
            compiling = (atelier.compilingSeconds() - before) / WARM_UP_SECONDS;
        }
        arena.settled(mark);
        results.note("http.compiling", compiling, warmUps, "of a core, warm-ups");
    }

    /** Without asking with every request whether there is more than HTTP/1.1. */
    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /** Processor seconds of the JVM that serves, of the callers, the database and the node. */
    private record Processors(
            double atelier, double compiling, double callers, double database, double node) {

        static Processors of(Arena arena, BenchedAtelier atelier) {
            Arena.Spent spent = arena.spent();
            return new Processors(
                    atelier.cpuSeconds(),
                    atelier.compilingSeconds(),
                    spent.own(),
                    spent.database(),
                    spent.node());
        }

        Processors since(Processors before) {
            return new Processors(
                    atelier - before.atelier,
                    compiling - before.compiling,
                    callers - before.callers,
                    database - before.database,
                    node - before.node);
        }

        void note(Results results, Load.Took took) {
            note(results, "cpu.http.own", atelier, took);
            note(results, "cpu.http.jit", compiling, took);
            note(results, "cpu.http.callers", callers, took);
            note(results, "cpu.http.sql", database, took);
            note(results, "cpu.http.node", node, took);
        }

        private static void note(Results results, String name, double seconds, Load.Took took) {
            results.note(
                    name,
                    seconds / took.each().length * 1e6,
                    seconds / took.seconds(),
                    "µs/transfer, cores");
        }
    }

    /** From one member to the next, as at the door. */
    private void transfer(HttpClient http, URI transfers, List<String> tokens, int number) {
        String body =
                "{\"member\":\"%s\",\"amount\":\"1\"}".formatted(troupe.player(number + 1).id());
        HttpRequest request =
                HttpRequest.newBuilder(transfers)
                        .header("Authorization", "Bearer " + tokens.get(number % Troupe.MEMBERS))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> answer = send(http, request);
        if (answer.statusCode() != ACCEPTED) {
            throw new IllegalStateException(
                    "A transfer was answered with " + answer.statusCode() + answer.body());
        }
    }

    private static HttpResponse<String> send(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
