package atelier.web;

import java.util.regex.Pattern;

/**
 * Where to go next, as a request names it: only a path of ours, so that no link can send a reader
 * who trusts us to somebody else's door.
 */
public final class LocalPath {

    /** A slash, then no second slash or backslash, which browsers read as another host. */
    private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\{}]]*");

    private LocalPath() {}

    /** The path if it is one of ours, else the home page. */
    public static String of(String wanted) {
        return LOCAL.matcher(wanted).matches() ? wanted : "/";
    }
}
