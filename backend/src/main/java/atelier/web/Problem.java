package atelier.web;

import atelier.kernel.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Why a request got no answer of the usual kind: what the reader is told, and nothing else.
 *
 * @param code names the words in the bundles
 * @param incident finds the cause in the log; only where it is our fault
 */
record Problem(
        HttpStatus status,
        String code,
        List<Object> values,
        List<FieldProblem> fields,
        @Nullable String incident) {

    /** One field of the input and what is wrong with it, in words. */
    record FieldProblem(String field, String message) {}

    static Problem of(HttpStatus status, String code, Object... values) {
        return new Problem(status, code, List.of(values), List.of(), null);
    }

    static Problem of(Refused refused) {
        return new Problem(
                RefusalStatus.of(refused), refused.code(), refused.values(), List.of(), null);
    }

    static Problem unauthorized() {
        return of(HttpStatus.UNAUTHORIZED, "sign-in.required");
    }

    static Problem forbidden() {
        return of(HttpStatus.FORBIDDEN, "role.missing");
    }

    static Problem csrf() {
        return of(HttpStatus.FORBIDDEN, "csrf.missing");
    }

    static Problem unknown() {
        return of(HttpStatus.NOT_FOUND, "resource.unknown");
    }

    static Problem database() {
        return of(HttpStatus.SERVICE_UNAVAILABLE, "database.unavailable");
    }

    static Problem incident(String incident) {
        return new Problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "incident",
                List.of(incident),
                List.of(),
                incident);
    }
}
