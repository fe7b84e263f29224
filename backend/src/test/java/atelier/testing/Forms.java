package atelier.testing;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Forms as a browser sends them. */
final class Forms {

    private static final String BOUNDARY = "atelier-boundary";

    /** The type of a form that takes a picture. */
    static final String MULTIPART = "multipart/form-data; boundary=" + BOUNDARY;

    private Forms() {}

    /** The fields as {@code application/x-www-form-urlencoded}. */
    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The fields and a picture as {@link #MULTIPART}. */
    static BodyPublisher multipart(Map<String, String> fields, byte[] picture) {
        return multipart(fields, "picture", picture);
    }

    /** The fields and a file as {@link #MULTIPART}. */
    static BodyPublisher multipart(Map<String, String> fields, String name, byte[] file) {
        String parts =
                fields.entrySet().stream()
                        .map(field -> part(field.getKey(), field.getValue()))
                        .collect(Collectors.joining());
        String head =
                parts
                        + "--"
                        + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"p\"\r\n"
                                .formatted(name)
                        + "Content-Type: image/png\r\n\r\n";
        return BodyPublishers.concat(
                BodyPublishers.ofString(head),
                BodyPublishers.ofByteArray(file),
                BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
    }

    private static String part(String name, String value) {
        return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                .formatted(BOUNDARY, name, value);
    }
}
