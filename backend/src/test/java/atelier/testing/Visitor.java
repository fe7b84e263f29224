package atelier.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody at a browser without scripts, or a program at the API: keeps cookies, sends forms with
 * what they hide.
 */
public final class Visitor {

    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client;
    private final URI home;
    private @Nullable String language;
    private @Nullable String token;

    private Visitor(URI home, Redirect redirects) {
        this.home = home;
        this.client =
                HttpClient.newBuilder().cookieHandler(cookies).followRedirects(redirects).build();
    }

    /** Follows no redirect and names no language. */
    public Visitor(int port) {
        this(URI.create("http://localhost:" + port));
    }

    /** The same at any address. */
    public Visitor(URI home) {
        this(home, Redirect.NEVER);
    }

    /** Follows redirects and reads English. */
    public static Visitor browsing(int port) {
        return new Visitor(URI.create("http://localhost:" + port), Redirect.NORMAL).reading("en");
    }

    /** From now on asks for this language. */
    public Visitor reading(String wanted) {
        this.language = wanted;
        return this;
    }

    /** From now on sends this token instead of relying on cookies alone. */
    public Visitor bearing(@Nullable String token) {
        this.token = token;
        return this;
    }

    /** Headers in pairs. */
    public HttpResponse<String> get(String path, String... headers) {
        return send(with(headers, request(path).GET()), BodyHandlers.ofString());
    }

    public HttpResponse<byte[]> bytes(String path) {
        return send(request(path).GET(), BodyHandlers.ofByteArray());
    }

    /** Sends a form as it is given, with nothing added. */
    public HttpResponse<String> post(String path, Map<String, String> fields) {
        return post(
                path,
                "application/x-www-form-urlencoded",
                BodyPublishers.ofString(Forms.encoded(fields)));
    }

    /** Opens a page and sends its form, with what it hides. */
    public HttpResponse<String> fill(String page, String action, Map<String, String> fields) {
        return submit(get(page).body(), action, fields);
    }

    /** The same with a picture. */
    public HttpResponse<String> fill(String page, Map<String, String> fields, byte[] picture) {
        return post(page, Forms.MULTIPART, Forms.multipart(all(get(page).body(), fields), picture));
    }

    /** Opens a page and sends its form with a file. */
    public HttpResponse<String> fill(
            String page, String action, Map<String, String> fields, String name, byte[] file) {
        return post(
                action,
                Forms.MULTIPART,
                Forms.multipart(all(get(page).body(), fields), name, file));
    }

    /** Sends a form of a page that is open, with what the page hides. */
    public HttpResponse<String> submit(String page, String action, Map<String, String> fields) {
        return post(action, all(page, fields));
    }

    /** Signs in at the page. */
    public HttpResponse<String> signIn(String email, String password) {
        return fill("/sign-in", "/sign-in", Map.of("email", email, "password", password));
    }

    /** A token for the API. */
    public String token(String email, String password) {
        HttpResponse<String> session =
                call("POST", "/api/v1/sessions", Map.of("email", email, "password", password));
        return found(session.body(), "\"token\":\"([^\"]+)\"");
    }

    /** Sends JSON, as text or what becomes it; headers in pairs. */
    public HttpResponse<String> call(
            String method, String path, @Nullable Object body, String... headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        return send(with(headers, request.method(method, json(body))), BodyHandlers.ofString());
    }

    /** Brings a picture over the API as it is. */
    public HttpResponse<String> upload(byte[] picture) {
        return post(
                "/api/v1/pictures",
                "application/octet-stream",
                BodyPublishers.ofByteArray(picture));
    }

    /** Brings a picture over the API as the part of a form. */
    public HttpResponse<String> uploadPart(byte[] picture) {
        return post("/api/v1/pictures", Forms.MULTIPART, Forms.multipart(Map.of(), picture));
    }

    /** The value of a cookie; null if there is none. */
    public @Nullable String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(cookie -> cookie.getValue())
                .findFirst()
                .orElse(null);
    }

    /** What a page's forms hide, by name. */
    public static Map<String, String> hidden(String page) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher input = HIDDEN.matcher(page);
        while (input.find()) {
            fields.put(input.group(1), input.group(2));
        }
        return fields;
    }

    /** Where a redirect leads, path and query; empty if it is none. */
    public static String leadsTo(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Location")
                .map(URI::create)
                .map(to ->
                        to.getRawPath() + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery()))
                .orElse("");
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    /** The code of a problem. */
    public static String code(HttpResponse<String> response) {
        return json(response).path("code").asString();
    }

    /** The first group of the pattern's first place in a text. */
    public static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("No " + pattern + " in:\n" + text);
        }
        return matcher.group(1);
    }

    private static Map<String, String> all(String page, Map<String, String> fields) {
        Map<String, String> all = hidden(page);
        all.putAll(fields);
        return all;
    }

    private static BodyPublisher json(@Nullable Object body) {
        if (body == null) {
            return BodyPublishers.noBody();
        }
        return BodyPublishers.ofString(
                body instanceof String text ? text : JsonMapper.shared().writeValueAsString(body));
    }

    private HttpResponse<String> post(String path, String type, BodyPublisher body) {
        return send(request(path).header("Content-Type", type).POST(body), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder with(String[] headers, HttpRequest.Builder request) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(home.resolve(path)).timeout(LONGEST);
        if (language != null) {
            request.header("Accept-Language", language);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) {
        try {
            return client.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
