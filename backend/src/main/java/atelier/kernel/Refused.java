package atelier.kernel;

import java.util.List;

/**
 * A request that is not carried out, said in a code, the values it concerns and what to do next.
 * The words are in the message bundles, under {@code problem.<code>.title} and {@code
 * problem.<code>.remedy}, with the values as arguments.
 */
public final class Refused extends RuntimeException {

    /** What kind of no it is; the web turns it into a status. */
    public enum Reason {
        INVALID,
        NOT_FOUND,
        FORBIDDEN,
        CONFLICT,
        TOO_LARGE,
        UNSUPPORTED,
        TOO_MANY,
        UNAVAILABLE
    }

    private final String code;
    private final Reason reason;
    private final List<Object> values;

    public Refused(Reason reason, String code, Object... values) {
        super(code + List.of(values));
        this.reason = reason;
        this.code = code;
        this.values = List.of(values);
    }

    /** What was sent cannot be meant: a wrong number, a missing field. */
    public static Refused invalid(String code, Object... values) {
        return new Refused(Reason.INVALID, code, values);
    }

    /** It does not exist, or not for this caller. */
    public static Refused notFound(String code, Object... values) {
        return new Refused(Reason.NOT_FOUND, code, values);
    }

    /** It is understood, and the state of things forbids it. */
    public static Refused conflict(String code, Object... values) {
        return new Refused(Reason.CONFLICT, code, values);
    }

    /** A part that is needed does not answer; the same request may succeed later. */
    public static Refused unavailable(String code, Object... values) {
        return new Refused(Reason.UNAVAILABLE, code, values);
    }

    /** Dotted lower-case, such as {@code points.insufficient}. */
    public String code() {
        return code;
    }

    public Reason reason() {
        return reason;
    }

    /** Arguments of the message, in its order. */
    public List<Object> values() {
        return values;
    }
}
