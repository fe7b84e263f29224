package atelier.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the child process begins, ends, and is found again when it was left behind. */
class NodeLifeTests {

    @TempDir private Path folder;

    private final List<Process> launched = new ArrayList<>();

    @AfterEach
    void endLaunched() {
        launched.forEach(Process::destroyForcibly);
    }

    @Test
    void endsWhenItsParentsPipeCloses() throws Exception {
        Process node = launch();

        node.getOutputStream().close();

        assertThat(node.waitFor(RpcClient.PATIENCE)).isTrue();
        assertThat(node.exitValue()).isZero();
        assertThat(pidFile()).doesNotExist();
    }

    @Test
    void endsTheNodeThatADeadParentLeftBehind() throws Exception {
        Process orphan = launch();
        assertThat(pidFile()).hasContent(Long.toString(orphan.pid()));
        List<String> told = new ArrayList<>();

        try (DevChain chain = DevChain.start(DevChain.Options.keptIn(folder).progress(told::add))) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(RpcClient.of(chain).height()).isZero();
            assertThat(told).anyMatch(text -> text.contains("process " + orphan.pid()));
        }
    }

    @Test
    void leavesAloneWhoHasThePidOfAnEarlierNode() throws IOException {
        long somebody = ProcessHandle.current().pid();
        Files.writeString(pidFile(), somebody + "\n");

        try (DevChain chain = DevChain.start(DevChain.Options.keptIn(folder))) {
            assertThat(RpcClient.of(chain).height()).isZero();
        }
    }

    @Test
    void isStartedOnceInAFolder() {
        DevChain.Options options = DevChain.Options.keptIn(folder);
        try (DevChain chain = DevChain.start(options)) {
            assertFails(options, "DATA_FOLDER_IN_USE", "Stop that application");
            assertThat(RpcClient.of(chain).height()).isZero();
        }
    }

    @Test
    void saysThatItsPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertFails(DevChain.Options.inMemory().port(port), "PORT_TAKEN", "another port");
        }
    }

    @Test
    void takesThePortItIsGiven() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (DevChain chain = DevChain.start(DevChain.Options.inMemory().port(port))) {
            assertThat(chain.rpcUrl()).isEqualTo("http://127.0.0.1:" + port);
        }
    }

    @Test
    void minesInIntervalsWhateverThereIs() {
        DevChain.Options options = DevChain.Options.inMemory().blockInterval(Duration.ofMillis(50));
        try (DevChain chain = DevChain.start(options)) {
            RpcClient.of(chain).awaitHeight(5);
        }
    }

    @Test
    void takesTheWholeTreeAlongWhenKilled() {
        DevChain chain = DevChain.start(DevChain.Options.inMemory().mode(DevChain.Mode.ANVIL));
        List<ProcessHandle> descendants =
                ProcessHandle.current().descendants().filter(NodeLifeTests::isAnvil).toList();
        assertThat(descendants).isNotEmpty();

        chain.kill();

        await().atMost(RpcClient.PATIENCE)
                .until(() -> descendants.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void saysWhatIsMissingWhereNpmHasNotRun() {
        assertThatThrownBy(() -> new NodeHome(folder).executable())
                .isInstanceOfSatisfying(
                        DevChainException.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo("NODE_MODULES");
                            assertThat(failure.remedy()).contains("mvn generate-resources");
                        });
    }

    private static boolean isAnvil(ProcessHandle process) {
        return process.info().command().filter(command -> command.endsWith("/anvil")).isPresent();
    }

    private static void assertFails(DevChain.Options options, String code, String remedy) {
        assertThatThrownBy(() -> DevChain.start(options))
                .isInstanceOfSatisfying(
                        DevChainException.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo(code);
                            assertThat(failure.remedy()).contains(remedy);
                        });
    }

    private Path pidFile() {
        return folder.resolve("devnet.pid");
    }

    /** A node on the folder without a holder of the folder: what a dead application leaves. */
    private Process launch() throws IOException {
        NodeHome home = NodeHome.find();
        Process node =
                new ProcessBuilder(
                                home.executable().toString(),
                                home.script().toString(),
                                "--data=" + folder)
                        .redirectErrorStream(true)
                        .start();
        launched.add(node);
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
        assertThat(lines.readLine()).startsWith("@listening ");
        return node;
    }
}
