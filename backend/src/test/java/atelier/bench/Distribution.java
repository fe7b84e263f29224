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
    private static final double MEMORY_MIB = 1_024;
    private static final ShareDomain DOMAIN = new ShareDomain(31_337, Address.ZERO);

    private record Took(double seconds, double mebibytes) {}

    private final Results results;

    Distribution(Results results) {
        this.results = results;
    }

    void measure() throws IOException, InterruptedException {
        Took statement = run("statement", "-Xmx832m");
        results.under("statement.time", statement.seconds(), STATEMENT_SECONDS, "s");
        results.under("statement.memory", statement.mebibytes(), MEMORY_MIB, "MiB");
        Took replay = run("replay", "-Xmx2g");
        results.under("statement.replay", replay.seconds(), REPLAY_SECONDS, "s");
    }

    /** What the other JVM runs. */
    public static void main(String[] arguments) {
        double seconds = arguments[0].equals("replay") ? replay() : statement();
        double memory = Cpu.peakMemory(ProcessHandle.current().pid());
        System.out.println(seconds + " " + memory);
    }

    private static double statement() {
        List<Fact> facts = BusyEpochs.of(MEMBERS, 1, FACTS);
        long start = System.nanoTime();
        Statement statement = Statements.of(DOMAIN, facts).getFirst();
        byte[] text = statement.text();
        ShareTree tree = statement.tree();
        double seconds = seconds(start);
        String end = "root %d %s\n".formatted(tree.depth(), tree.root());
        if (statement.lines().size() != MEMBERS || !ends(text, end)) {
            throw new IllegalStateException("Not everybody has a share under " + end);
        }
        return seconds;
    }

    private static double replay() {
        List<Fact> facts = BusyEpochs.of(MEMBERS, REPLAYED, FACTS);
        long start = System.nanoTime();
        Replay replay =
                Replay.of(
                        DOMAIN,
                        facts,
                        Map.of(Role.MEMBER.weightRule(), BigInteger.valueOf(5_000)),
                        REPLAYED);
        int accounts = replay.byAccount().size();
        double seconds = seconds(start);
        if (accounts != MEMBERS || replay.byRole().size() != Role.values().length) {
            throw new IllegalStateException("Not everybody is in the replay: " + accounts);
        }
        return seconds;
    }

    private static boolean ends(byte[] text, String end) {
        return new String(text, StandardCharsets.US_ASCII).endsWith(end);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
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
        return new Took(Double.parseDouble(figures[0]), Double.parseDouble(figures[1]));
    }
}
