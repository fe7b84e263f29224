package atelier.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The clock of a development chain, which can be put on. */
public final class ChainClock {

    private final URI node;
    private final HttpClient http = HttpClient.newHttpClient();

    public ChainClock(String rpcUrl) {
        this.node = URI.create(rpcUrl);
    }

    /** Lets time go by and mines a block. */
    public void pass(Duration time) {
        ask("evm_increaseTime", Long.toString(time.toSeconds()));
        ask("evm_mine", "");
    }

    /** Asks the node something with one parameter, JSON or nothing; its whole answer. */
    public String ask(String method, String parameter) {
        String body =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[%s]}"
                        .formatted(method, parameter);
        HttpRequest request =
                HttpRequest.newBuilder(node)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            assertThat(answer).contains("\"result\"");
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
