package atelier.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody at a browser without scripts, or at the API: keeps cookies, sends forms as they came.
 */
public final class Visitor {

    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"(_csrf|_key)\" value=\"([^\"]*)\"");

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final URI atelier;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();

    public Visitor(int port) {
        atelier = URI.create("http://localhost:" + port);
    }

    /** Opens a page in English. */
    public HttpResponse<String> open(String path) {
        return send(request(path).GET());
    }

    /** Opens a page and sends its form, with the hidden fields as they stand on it. */
    public HttpResponse<String> fill(String page, String action, Map<String, String> fields) {
        return submit(open(page).body(), action, fields);
    }

    /** Sends a form of a page that is open, with the hidden fields as they stand on it. */
    public HttpResponse<String> submit(String page, String action, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(page);
        while (hidden.find()) {
            all.put(hidden.group(1), hidden.group(2));
        }
        all.putAll(fields);
        return send(
                request(action)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(Forms.encoded(all))));
    }

    /** Signs in at the page. */
    public HttpResponse<String> signIn(String email, String password) {
        return fill("/sign-in", "/sign-in", Map.of("email", email, "password", password));
    }

    /** Calls the API with a token; an empty token goes without. */
    public HttpResponse<String> call(
            String method, String path, String token, String key, String json) {
        HttpRequest.Builder call =
                request(path)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                json.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(json));
        if (!token.isEmpty()) {
            call.header("Authorization", "Bearer " + token);
        }
        if (!key.isEmpty()) {
            call.header("Idempotency-Key", key);
        }
        return send(call);
    }

    /** A token for the API. */
    public String token(String email, String password) {
        String answer =
                call(
                                "POST",
                                "/api/v1/sessions",
                                "",
                                "",
                                "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password))
                        .body();
        Matcher token = Pattern.compile("\"token\":\"([^\"]+)\"").matcher(answer);
        if (!token.find()) {
            throw new IllegalStateException("No token: " + answer);
        }
        return token.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(atelier.resolve(path))
                .timeout(LONGEST)
                .header("Accept-Language", "en");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
