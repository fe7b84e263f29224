package atelier.bench;

import atelier.kernel.Address;
import atelier.profit.Fact;
import atelier.profit.Replay;
import atelier.profit.Role;
import atelier.profit.ShareDomain;
import atelier.profit.ShareTree;
import atelier.profit.Statement;
import atelier.profit.Statements;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Statements of a large community, made of facts in memory by a JVM of its own, so that its memory
 * is known: the facts, the statement, its text and its tree.
 */
final class Distribution {

    private static final int MEMBERS = Integer.getInteger("bench.members", 100_000);
    private static final int FACTS = Integer.getInteger("bench.facts", 1_000_000);
    private static final int REPLAYED = 3;
    private static final double STATEMENT_SECONDS = 20;
    private static final double REPLAY_SECONDS = 30;
    private static final double SMALL_SECONDS = 1;
    private static final double MEMORY_MIB = 1_024;
    private static final ShareDomain DOMAIN = new ShareDomain(31_337, Address.ZERO);

    /** Amounts of up to 100,000 of these are near 2^96. */
    private static final BigInteger NEAR_2_96 =
            BigInteger.TWO.pow(96).divide(BigInteger.TEN.pow(5));

    private record Took(double seconds, double cpuSeconds, double mebibytes) {}

    private final Results results;

    Distribution(Results results) {
        this.results = results;
    }

    void measure() throws IOException, InterruptedException {
        Took statement = run("statement", "-Xmx832m");
        results.under("statement.time", statement.seconds(), STATEMENT_SECONDS, "s");
        results.under("statement.cpu", statement.cpuSeconds(), STATEMENT_SECONDS, "s");
        results.under("statement.memory", statement.mebibytes(), MEMORY_MIB, "MiB");
        results.under("statement.huge", run("huge", "-Xmx832m").seconds(), STATEMENT_SECONDS, "s");
        results.under("statement.empty", run("empty", "-Xmx64m").seconds(), SMALL_SECONDS, "s");
        results.under("statement.one", run("one", "-Xmx64m").seconds(), SMALL_SECONDS, "s");
        Took replay = run("replay", "-Xmx2g");
        results.under("statement.replay", replay.seconds(), REPLAY_SECONDS, "s");
        results.under("statement.replay.cpu", replay.cpuSeconds(), REPLAY_SECONDS, "s");
    }

    /** What the other JVM runs. */
    public static void main(String[] arguments) {
        Took took =
                switch (arguments[0]) {
                    case "statement" -> statement(MEMBERS, FACTS, BigInteger.ONE);
                    case "huge" -> statement(MEMBERS, FACTS, NEAR_2_96);
                    case "empty" -> statement(0, 0, BigInteger.ONE);
                    case "one" -> statement(1, 10, BigInteger.ONE);
                    case "replay" -> replay();
                    default -> throw new IllegalArgumentException(arguments[0]);
                };
        System.out.println(took.seconds() + " " + took.cpuSeconds() + " " + took.mebibytes());
    }

    private static Took statement(int members, int facts, BigInteger unit) {
        List<Fact> all = BusyEpochs.of(members, 1, facts, unit);
        Stopwatch watch = new Stopwatch();
        Statement statement = Statements.of(DOMAIN, all).getFirst();
        byte[] text = statement.text();
        ShareTree tree = statement.tree();
        Took took = watch.took();
        String end = "root %d %s\n".formatted(tree.depth(), tree.root());
        if (statement.lines().size() != members || !ends(text, end)) {
            throw new IllegalStateException("Not everybody has a share under " + end);
        }
        return took;
    }

    private static Took replay() {
        List<Fact> facts = BusyEpochs.of(MEMBERS, REPLAYED, FACTS);
        Stopwatch watch = new Stopwatch();
        Replay replay =
                Replay.of(
                        facts,
                        Map.of(Role.MEMBER.weightRule(), BigInteger.valueOf(5_000)),
                        REPLAYED);
        int accounts = replay.byAccount().size();
        Took took = watch.took();
        if (accounts != MEMBERS || replay.byRole().size() != Role.values().length) {
            throw new IllegalStateException("Not everybody is in the replay: " + accounts);
        }
        return took;
    }

    /** Time and processor time of this process from its making on. */
    private static final class Stopwatch {

        private final long start = System.nanoTime();
        private final double cpu = Cpu.own();

        Took took() {
            return new Took(
                    (System.nanoTime() - start) / 1e9,
                    Cpu.own() - cpu,
                    Cpu.peakMemory(ProcessHandle.current().pid()));
        }
    }

    private static boolean ends(byte[] text, String end) {
        return new String(text, StandardCharsets.US_ASCII).endsWith(end);
    }

    private static Took run(String what, String heap) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                heap,
                                "-Dbench.members=" + MEMBERS,
                                "-Dbench.facts=" + FACTS,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Distribution.class.getName(),
                                what)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("The JVM for the " + what + " failed: " + said);
        }
        String[] figures = said.strip().split(" ", -1);
        return new Took(
                Double.parseDouble(figures[0]),
                Double.parseDouble(figures[1]),
                Double.parseDouble(figures[2]));
    }
}
