package atelier.web;

import java.util.LinkedHashMap;
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
 * @param more whether the list goes on behind what is counted
 */
public record Pager(
        @Nullable String newer, @Nullable String older, int page, int pages, boolean more) {

    /** A counted list; the other query parameters stay as they are. */
    public static Pager pages(String path, Map<String, String> query, int page, int pages) {
        return new Pager(
                page > 1 ? page(path, query, page - 1) : null,
                page < pages ? page(path, query, page + 1) : null,
                page,
                pages,
                false);
    }

    /** The same where the list goes on behind the last page that has a number. */
    public Pager goingOn(@Nullable String behind) {
        return new Pager(newer, page < pages ? older : behind, page, pages, true);
    }

    /** A list that grows at one end and is read by cursor. */
    public static Pager cursor(@Nullable String newer, @Nullable String older) {
        return new Pager(newer, older, 0, 0, false);
    }

    /** Whether the list is counted. */
    public boolean counted() {
        return pages > 0;
    }

    /** Whether there is anywhere to go. */
    public boolean needed() {
        return newer != null || older != null;
    }

    private static String page(String path, Map<String, String> query, int page) {
        return href(path, query, "page", Integer.toString(page));
    }

    /** An address with these query parameters, and one more if there is one. */
    public static String href(String path, Map<String, String> query, String... more) {
        Map<String, String> all = new LinkedHashMap<>(query);
        all.remove("page");
        for (int i = 0; i + 1 < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        all.values().removeIf(String::isBlank);
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path);
        all.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        return address.encode().buildAndExpand(all).toUriString();
    }
}
