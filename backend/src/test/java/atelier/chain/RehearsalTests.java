package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A node that takes no code in place of a contract's. */
class RehearsalTests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Address REVERTING = Address.parse("0x" + "9".repeat(40));
    private static final Address WORKING = Address.parse("0x" + "8".repeat(40));

    private HttpServer server;
    private JsonRpc rpc;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    JsonNode asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
                    byte[] body = answer(asked).toString().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        rpc =
                new JsonRpc(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
                        Duration.ofSeconds(5));
    }

    @AfterEach
    void stop() {
        rpc.close();
        server.stop(0);
    }

    @Test
    void asksForEstimatesWhereANodeTakesNoCode() {
        List<Node.Rehearsed> came =
                new RpcNode(rpc)
                        .rehearse(
                                FakeContracts.FORWARDER,
                                List.of(
                                        new Node.Act(Address.ZERO, WORKING, new byte[] {1}),
                                        new Node.Act(Address.ZERO, REVERTING, new byte[] {1})));

        assertThat(came)
                .extracting(Node.Rehearsed::succeeded, Node.Rehearsed::gas, Node.Rehearsed::nonce)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(true, 30_000L, 5L),
                        org.assertj.core.groups.Tuple.tuple(false, 0L, 5L));
        assertThat(came.getLast().revertData()).containsExactly(0xab, 0xcd);
    }

    private static JsonNode answer(JsonNode asked) {
        if (!asked.isArray()) {
            return one(asked);
        }
        ArrayNode answers = JSON.createArrayNode();
        asked.forEach(request -> answers.add(one(request)));
        return answers;
    }

    private static ObjectNode one(JsonNode request) {
        ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", request.get("id"));
        JsonNode params = request.get("params");
        if (params.size() > 2) {
            answer.putObject("error").put("code", -32602).put("message", "too many arguments");
        } else if (request.get("method").asString().equals("eth_call")) {
            answer.put("result", "0x" + "0".repeat(63) + "5");
        } else if (params.get(0).get("to").asString().equals(WORKING.toString())) {
            answer.put("result", "0x7530");
        } else {
            answer.putObject("error")
                    .put("code", 3)
                    .put("message", "execution reverted")
                    .put("data", "0xabcd");
        }
        return answer;
    }
}
