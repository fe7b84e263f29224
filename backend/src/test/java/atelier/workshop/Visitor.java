package atelier.workshop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser's cookies but no scripts, or a program with a token. */
final class Visitor {

    private static final String BOUNDARY = "atelier-boundary";

    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final HttpClient program = HttpClient.newHttpClient();
    private final URI root;
    private String token = "";

    Visitor(int port) {
        root = URI.create("http://localhost:" + port);
    }

    /** Signs in on the page and over the API. */
    Visitor signedIn(String email, String password) {
        submit("/sign-in", "/sign-in", Map.of("email", email, "password", password));
        HttpResponse<String> answer =
                json(
                        "POST",
                        "/api/v1/sessions",
                        "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
        token = found(answer.body(), "\"token\"\\s*:\\s*\"([^\"]+)\"");
        return this;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET(), BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(String path) {
        return send(request(path).GET(), BodyHandlers.ofByteArray());
    }

    /** Fills in the form that a page shows, with its hidden fields. */
    HttpResponse<String> submit(String page, String action, Map<String, String> fields) {
        String html = get(page).body();
        String csrf = found(html, "name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
        String body =
                fields.entrySet().stream()
                                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                                .collect(Collectors.joining("&"))
                        + "&_csrf="
                        + encoded(csrf)
                        + "&_key="
                        + UUID.randomUUID();
        return send(
                request(action)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)),
                BodyHandlers.ofString());
    }

    /** Fills in a form that takes a picture. */
    HttpResponse<String> submit(String page, Map<String, String> fields, byte[] picture) {
        String csrf = found(get(page).body(), "name=\"_csrf\"[^>]*value=\"([^\"]+)\"");
        StringBuilder parts = new StringBuilder();
        fields.forEach((name, value) -> parts.append(part(name, value)));
        parts.append(part("_csrf", csrf)).append(part("_key", UUID.randomUUID().toString()));
        return send(
                request(page)
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(multipart(parts.toString(), picture)),
                BodyHandlers.ofString());
    }

    /** Brings a picture over the API as the part of a form. */
    HttpResponse<String> uploadPart(byte[] picture) {
        return call(
                bearer("/api/v1/pictures")
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(multipart("", picture)));
    }

    /** Brings a picture over the API as it is. */
    HttpResponse<String> upload(byte[] picture) {
        return call(
                bearer("/api/v1/pictures")
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(picture)));
    }

    /** Calls the API with a fresh key. */
    HttpResponse<String> json(String method, String path, String body) {
        return json(method, path, body, UUID.randomUUID().toString());
    }

    HttpResponse<String> json(String method, String path, String body, String key) {
        return call(
                bearer(path)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .method(method, BodyPublishers.ofString(body)));
    }

    static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("No " + pattern + " in:\n" + text);
        }
        return matcher.group(1);
    }

    private static BodyPublisher multipart(String parts, byte[] picture) {
        String head =
                parts
                        + "--"
                        + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"p\"\r\n"
                        + "Content-Type: image/png\r\n\r\n";
        return BodyPublishers.concat(
                BodyPublishers.ofString(head),
                BodyPublishers.ofByteArray(picture),
                BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
    }

    private static String part(String name, String value) {
        return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                .formatted(BOUNDARY, name, value);
    }

    private HttpRequest.Builder bearer(String path) {
        HttpRequest.Builder request = request(path);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).header("Accept-Language", "en");
    }

    private <T> HttpResponse<T> send(
            HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        return send(browser, request, handler);
    }

    private HttpResponse<String> call(HttpRequest.Builder request) {
        return send(program, request, BodyHandlers.ofString());
    }

    private static <T> HttpResponse<T> send(
            HttpClient http, HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8);
    }
}
