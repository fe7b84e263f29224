package atelier.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.BinaryOperator;

/** Stands between us and a node; may change what the node says, or be as bad as any provider. */
public final class Relay implements AutoCloseable {

    /** How it treats whoever asks. */
    public enum Mood {
        FAITHFUL,
        /** Nobody listens at its port. */
        REFUSING,
        /** Takes the question and says nothing. */
        HANGING,
        /** Begins an answer and does not end it. */
        STALLING,
        /** Answers after a while. */
        SLOW,
        /** Answers with something that is no JSON. */
        BABBLING,
        /** HTTP 500. */
        FAILING,
        /** HTTP 429. */
        OVERRUN
    }

    private static final Duration SLOWNESS = Duration.ofMillis(1_200);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final URI node;
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private HttpServer server;
    private volatile Mood mood = Mood.FAITHFUL;

    /** From request and answer to the answer that is passed on. */
    public volatile BinaryOperator<String> lie = (request, answer) -> answer;

    public Relay(String node) throws IOException {
        this.node = URI.create(node);
        this.server = listen(0);
        this.port = server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** From now on; what it has kept waiting is dropped. */
    public synchronized void be(Mood next) throws IOException {
        if (mood == Mood.REFUSING && next != Mood.REFUSING) {
            server = listen(port);
        }
        if (mood != Mood.REFUSING && next == Mood.REFUSING) {
            server.stop(0);
        }
        mood = next;
    }

    private HttpServer listen(int at) throws IOException {
        HttpServer listening =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
        listening.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        listening.createContext("/", this::pass);
        listening.start();
        return listening;
    }

    private void pass(HttpExchange exchange) throws IOException {
        String request =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        switch (mood) {
            case FAITHFUL -> say(exchange, 200, lie.apply(request, ask(request)));
            case REFUSING -> exchange.close();
            case HANGING -> hold(exchange, Mood.HANGING);
            case STALLING -> {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                hold(exchange, Mood.STALLING);
            }
            case SLOW -> {
                pause(SLOWNESS);
                say(exchange, 200, ask(request));
            }
            case BABBLING -> say(exchange, 200, "<html><h1>It works!</h1></html>");
            case FAILING -> say(exchange, 500, "{\"error\":\"internal\"}");
            case OVERRUN -> say(exchange, 429, "{\"error\":\"too many requests\"}");
        }
    }

    private void hold(HttpExchange exchange, Mood now) {
        while (mood == now) {
            pause(LOOK);
        }
        exchange.close();
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] answer = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private String ask(String request) throws IOException {
        try {
            return http.send(
                            HttpRequest.newBuilder(node)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(request))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        http.shutdownNow();
    }
}
