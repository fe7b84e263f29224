package atelier.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The way to the neighbouring pages of a list.
 *
 * @param newer address of the page before, if there is one
 * @param older address of the page after, if there is one
 * @param page which page this is, from 1; 0 when the list is not counted
 * @param pages how many there are; 0 when the list is not counted
 */
public record Pager(@Nullable String newer, @Nullable String older, int page, int pages) {

    /** A counted list; the other query parameters stay as they are. */
    public static Pager pages(String path, Map<String, String> query, int page, int pages) {
        return new Pager(
                page > 1 ? href(path, query, page - 1) : null,
                page < pages ? href(path, query, page + 1) : null,
                page,
                pages);
    }

    /** A list that grows at one end and is read by cursor. */
    public static Pager cursor(@Nullable String newer, @Nullable String older) {
        return new Pager(newer, older, 0, 0);
    }

    /** Whether the list is counted. */
    public boolean counted() {
        return pages > 0;
    }

    /** Whether there is anywhere to go. */
    public boolean needed() {
        return newer != null || older != null;
    }

    private static String href(String path, Map<String, String> query, int page) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        query.forEach((name, value) -> {
            if (!name.equals("page") && !value.isBlank()) {
                address.queryParam(name, "{" + name + "}");
            }
        });
        return address.queryParam("page", page).encode().buildAndExpand(query).toUriString();
    }
}
