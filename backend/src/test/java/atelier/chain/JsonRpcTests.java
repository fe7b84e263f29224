package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class JsonRpcTests {

    private static final JsonRpc.Request REQUEST = JsonRpc.Request.of("eth_chainId");

    private final CountDownLatch released = new CountDownLatch(1);
    private HttpServer server;
    private JsonRpc rpc;
    private volatile int status = 200;
    private volatile String answer = "";
    private volatile boolean stalls;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(status, stalls ? body.length + 10 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.getResponseBody().flush();
                    if (stalls) {
                        await();
                    }
                    exchange.close();
                });
        server.start();
        rpc =
                new JsonRpc(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        Duration.ofMillis(300));
    }

    @AfterEach
    void stop() {
        released.countDown();
        rpc.close();
        server.stop(0);
    }

    @Test
    void matchesRepliesOfABatchByTheirIds() {
        answer =
                """
                [{"jsonrpc":"2.0","id":2,"result":"second"},{"jsonrpc":"2.0","id":1,"result":"first"}]
                """;

        assertThat(rpc.sendAll(List.of(REQUEST, REQUEST)))
                .extracting(JsonNode::asString)
                .containsExactly("first", "second");
    }

    @Test
    void refusesABatchWithAReplyMissing() {
        answer = "[{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":\"second\"}]";

        assertThatThrownBy(() -> rpc.sendAll(List.of(REQUEST, REQUEST)))
                .isInstanceOf(NodeUnavailable.class);
    }

    @Test
    void refusesOneErrorForAWholeBatch() {
        answer =
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32005,\"message\":\"limit\"}}";

        assertThatThrownBy(() -> rpc.sendAll(List.of(REQUEST, REQUEST)))
                .isInstanceOf(NodeUnavailable.class);
    }

    @Test
    void givesUpOnABodyThatStalls() {
        answer = "{\"jsonrpc\":";
        stalls = true;

        assertThatThrownBy(() -> rpc.send(REQUEST)).isInstanceOf(NodeUnavailable.class);
    }

    @Test
    void takesAServersErrorForNoAnswer() {
        status = 503;
        answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1\"}";

        assertThatThrownBy(() -> rpc.send(REQUEST)).isInstanceOf(NodeUnavailable.class);
    }

    @Test
    void takesAnythingButJsonForNoAnswer() {
        answer = "<html>";

        assertThatThrownBy(() -> rpc.send(REQUEST)).isInstanceOf(NodeUnavailable.class);
    }

    @Test
    void keepsWhatARevertingCallReturned() {
        answer =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":3,\"message\":\"reverted\",\"data\":\"0x08c379a0\"}}";

        NodeRefused refused = catchThrowableOfType(NodeRefused.class, () -> rpc.send(REQUEST));

        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.data()).containsExactly(0x08, 0xc3, 0x79, 0xa0);
    }

    @Test
    void findsThatDataWhereSomeNodesPutIt() {
        answer =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32603,\"message\":\"x\",\"data\":{\"data\":\"0x01\"}}}";

        assertThat(catchThrowableOfType(NodeRefused.class, () -> rpc.send(REQUEST)).data())
                .containsExactly(1);
    }

    @Test
    void saysWhichSettingIsMissing() {
        try (JsonRpc nowhere = new JsonRpc(null, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> nowhere.send(REQUEST))
                    .isInstanceOf(NodeUnavailable.class)
                    .hasMessageContaining("atelier.chain.rpc-url");
        }
    }

    private void await() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
