package atelier.devnet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The node as a child of this process, which ends when its standard input closes: when we end. */
final class NodeProcess implements Node {

    private static final int SECONDS_TO_END = 10;

    private final Process process;
    private final String rpcUrl;

    private NodeProcess(Process process, String rpcUrl) {
        this.process = process;
        this.rpcUrl = rpcUrl;
    }

    static NodeProcess start(DevChain.Options options) {
        NodeHome home = NodeHome.find();
        Process process = launch(home, command(home, options));
        NodeOutput output = new NodeOutput(options.progress());
        Thread.ofVirtual().name("devnet-output").start(() -> listen(process, output));
        try {
            return new NodeProcess(process, "http://127.0.0.1:" + output.awaitPort());
        } catch (RuntimeException failure) {
            endNow(process);
            throw failure;
        }
    }

    private static List<String> command(NodeHome home, DevChain.Options options) {
        List<String> command = new ArrayList<>();
        command.add(home.executable().toString());
        command.add(home.script().toString());
        command.addAll(NodeArguments.of(options));
        command.add("--port=" + options.port());
        if (options.dataFolder() != null) {
            command.add("--data=" + options.dataFolder());
        }
        return command;
    }

    /** Hardhat looks for its package.json from the working directory upwards. */
    private static Process launch(NodeHome home, List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .directory(home.folder().toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException notStarted) {
            throw new DevChainException(
                    "NODE_NOT_STARTED",
                    "The development chain's node did not start: " + notStarted.getMessage() + ".",
                    "Delete chain-devnet/node_modules and build again. On another platform than Linux"
                            + " x64 run 'npm install' once in chain-devnet.");
        }
    }

    private static void listen(Process process, NodeOutput output) {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.takeAll(lines.lines());
        } catch (IOException | UncheckedIOException closed) {
            output.ended();
        }
    }

    @Override
    public String rpcUrl() {
        return rpcUrl;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException alreadyClosed) {
            // The node is gone, which is what was asked for.
        }
        if (!endsInTime()) {
            endNow(process);
        }
    }

    @Override
    public void kill() {
        endNow(process);
    }

    private boolean endsInTime() {
        try {
            return process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void endNow(Process process) {
        process.destroyForcibly().onExit().join();
    }
}
