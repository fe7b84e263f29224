package atelier.devnet;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A running development chain: the one door to it, however it was started. */
public final class DevChain implements AutoCloseable {

    /** Refuse it, and {@link #accounts()}, with any RPC URL that is not a development chain's. */
    public static final long CHAIN_ID = 31337;

    private final Node node;
    private final @Nullable DataFolder folder;

    private DevChain(Node node, @Nullable DataFolder folder) {
        this.node = node;
        this.folder = folder;
    }

    /**
     * Starts the node and returns when it answers; with a data folder, when it stands where it was
     * stopped.
     *
     * @throws DevChainException saying what is missing, taken or damaged, and what to do
     */
    public static DevChain start(Options options) {
        DataFolder folder = null;
        try {
            if (options.dataFolder() != null) {
                folder = DataFolder.claim(options.dataFolder(), options.progress());
            }
            return new DevChain(startNode(options), folder);
        } catch (RuntimeException failure) {
            if (folder != null) {
                folder.release();
            }
            throw failure;
        }
    }

    private static Node startNode(Options options) {
        return switch (options.mode()) {
            case PROCESS, ANVIL -> NodeProcess.start(options);
            case CONTAINER -> NodeContainer.start(options);
        };
    }

    /** Where it answers JSON-RPC, on loopback. */
    public String rpcUrl() {
        return node.rpcUrl();
    }

    public long chainId() {
        return CHAIN_ID;
    }

    /** Twenty accounts with 10,000 ether each on a new chain, and with keys that everyone knows. */
    public static List<DevAccount> accounts() {
        return DevAccount.ALL;
    }

    /** Ends the node after the block it is at. A chain with a data folder can be started again. */
    @Override
    public void close() {
        node.close();
        release();
    }

    /** Ends the node at once, wherever it is, as {@code kill -9} does: for tests of crashes. */
    public void kill() {
        node.kill();
        release();
    }

    private void release() {
        if (folder != null) {
            folder.release();
        }
    }

    /** How a chain is started. */
    public enum Mode {
        /** Hardhat as a child process of npm's pinned Node. */
        PROCESS,
        /** Hardhat in a container, started by Testcontainers. */
        CONTAINER,
        /** anvil behind the same door, in memory only: the second node for tests. */
        ANVIL
    }

    /**
     * What to start.
     *
     * @param dataFolder where blocks are kept, or null for a chain in memory
     * @param confirmations how many empty blocks follow the last one with transactions
     * @param blockInterval mine one block in every such time, whatever there is to mine; zero for a
     *     block when there is something to mine
     * @param port on loopback, 0 for any free one
     * @param progress told in words how far the start is
     */
    public record Options(
            Mode mode,
            @Nullable Path dataFolder,
            int confirmations,
            Duration blockInterval,
            int port,
            Consumer<String> progress) {

        /** Three confirmations on any free port. */
        public static final int DEFAULT_CONFIRMATIONS = 3;

        public Options {
            if (confirmations < 0 || blockInterval.isNegative() || port < 0 || port > 65_535) {
                throw new IllegalArgumentException(
                        "Confirmations, interval and port are not negative, and a port is at most 65535");
            }
            if (dataFolder != null) {
                dataFolder = dataFolder.toAbsolutePath().normalize();
            }
            if (mode == Mode.ANVIL && dataFolder != null) {
                throw new IllegalArgumentException("anvil keeps no blocks: start it in memory");
            }
        }

        /** A chain that is gone when it stops. */
        public static Options inMemory() {
            return new Options(
                    Mode.PROCESS, null, DEFAULT_CONFIRMATIONS, Duration.ZERO, 0, text -> {});
        }

        /** A chain that goes on where it was stopped. */
        public static Options keptIn(Path dataFolder) {
            return new Options(
                    Mode.PROCESS, dataFolder, DEFAULT_CONFIRMATIONS, Duration.ZERO, 0, text -> {});
        }

        public Options mode(Mode mode) {
            return new Options(mode, dataFolder, confirmations, blockInterval, port, progress);
        }

        public Options confirmations(int confirmations) {
            return new Options(mode, dataFolder, confirmations, blockInterval, port, progress);
        }

        public Options blockInterval(Duration blockInterval) {
            return new Options(mode, dataFolder, confirmations, blockInterval, port, progress);
        }

        public Options port(int port) {
            return new Options(mode, dataFolder, confirmations, blockInterval, port, progress);
        }

        public Options progress(Consumer<String> progress) {
            return new Options(mode, dataFolder, confirmations, blockInterval, port, progress);
        }
    }
}
