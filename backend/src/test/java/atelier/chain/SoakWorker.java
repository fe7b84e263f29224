package atelier.chain;

import atelier.testing.Signals;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** A process with the pipeline's core and nothing else, to be killed or stopped. */
final class SoakWorker implements AutoCloseable {

    private static final String READY = "ready";
    private static final Duration BREATH = Duration.ofMillis(5);

    private final Process process;

    private SoakWorker(Process process) {
        this.process = process;
    }

    /** Starts one that has begun to work when this returns. */
    static SoakWorker start(SoakStage stage) throws IOException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx128m",
                                        "-XX:TieredStopAtLevel=1",
                                        "-XX:+UseSerialGC",
                                        "-cp",
                                        System.getProperty(
                                                "surefire.test.class.path",
                                                System.getProperty("java.class.path")),
                                        SoakWorker.class.getName(),
                                        stage.url(),
                                        stage.chain().url()))
                        .redirectErrorStream(true)
                        .start();
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); ; line = lines.readLine()) {
            if (line == null) {
                throw new IllegalStateException("The worker ended before it worked");
            }
            if (line.equals(READY)) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(_ -> {}));
                return new SoakWorker(process);
            }
        }
    }

    /** Until {@link #thaw}. */
    void freeze() {
        Signals.freeze(Stream.of(process.toHandle()));
    }

    void thaw() {
        Signals.thaw(Stream.of(process.toHandle()));
    }

    /** As {@code kill -9} does. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    public static void main(String[] args) throws IOException {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("ROOT"))
                .setLevel(ch.qos.logback.classic.Level.OFF);
        HikariDataSource pool = SoakStage.pool(args[0]);
        Node node = new RpcNode(new JsonRpc(URI.create(args[1]), Duration.ofSeconds(5)));
        SimulatedProcess process =
                new SimulatedProcess(
                        SoakStage.world(pool, node, Clock.systemUTC(), SoakChain::deployed));
        Thread.ofPlatform().start(() -> forever(process::read));
        Thread.ofPlatform().start(() -> forever(process::send));
        System.out.println(READY);
        System.in.transferTo(OutputStream.nullOutputStream()); // ends with who started us
        Runtime.getRuntime().halt(0);
    }

    private static void forever(Runnable round) {
        while (true) {
            SoakStage.quietly(round);
            LockSupport.parkNanos(BREATH.toNanos());
        }
    }
}
