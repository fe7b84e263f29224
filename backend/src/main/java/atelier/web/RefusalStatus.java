package atelier.web;

import atelier.kernel.Refused;
import org.springframework.http.HttpStatus;

/** The status that a refusal is sent with, as JSON or with the form shown again. */
public final class RefusalStatus {

    private RefusalStatus() {}

    public static HttpStatus of(Refused refused) {
        return switch (refused.reason()) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case CONFLICT -> HttpStatus.CONFLICT;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case UNSUPPORTED -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
            case TOO_MANY -> HttpStatus.TOO_MANY_REQUESTS;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }
}
