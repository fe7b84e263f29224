package atelier.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What the viem script of the contracts' module finds: it shares no code with the backend, reads
 * the same chain and asks the API for the same.
 */
public record Agreement(boolean reached, String words) {

    private static final Path CONTRACTS = Path.of("..", "contracts").toAbsolutePath().normalize();

    /**
     * Runs the script.
     *
     * @param api where the backend listens
     * @throws IllegalStateException if it takes longer than that
     */
    public static Agreement of(String rpc, String directory, String api, Duration longest) {
        try {
            Path said = Scratch.folder("agreement").resolve("said.txt");
            Process script =
                    new ProcessBuilder(
                                    CONTRACTS.resolve("node_modules/node/bin/node").toString(),
                                    "check/agree.ts",
                                    "--rpc=" + rpc,
                                    "--directory=" + directory,
                                    "--api=" + api)
                            .directory(CONTRACTS.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
            if (!script.waitFor(longest.toSeconds(), TimeUnit.SECONDS)) {
                script.destroyForcibly();
                throw new IllegalStateException("No agreement within " + longest);
            }
            return new Agreement(script.exitValue() == 0, Files.readString(said));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
