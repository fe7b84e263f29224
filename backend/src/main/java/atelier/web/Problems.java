package atelier.web;

import atelier.kernel.Refused;
import atelier.web.Problem.FieldProblem;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.validation.BindException;
import org.springframework.validation.BindingResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;

/**
 * Turns what went wrong into what the reader is told. What we did not foresee becomes an incident:
 * a number for the reader, everything else for the log.
 */
@Component
class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private final MessageSource messages;

    Problems(MessageSource messages) {
        this.messages = messages;
    }

    Problem of(Throwable failure) {
        return switch (failure) {
            case Refused refused -> Problem.of(refused);
            case MethodArgumentNotValidException invalid -> fields(invalid.getBindingResult());
            case BindException invalid -> fields(invalid.getBindingResult());
            case MaxUploadSizeExceededException _ ->
                    Problem.of(HttpStatus.CONTENT_TOO_LARGE, "request.too-large");
            case HttpMessageNotReadableException _ ->
                    Problem.of(HttpStatus.BAD_REQUEST, "request.unreadable");
            case MethodArgumentTypeMismatchException mismatch ->
                    Problem.of(HttpStatus.BAD_REQUEST, "request.field", mismatch.getName());
            case ErrorResponse response -> of(response.getStatusCode());
            default -> DatabaseTrouble.causes(failure) ? database(failure) : incident(failure);
        };
    }

    /** What a bare status says. */
    Problem of(HttpStatusCode code) {
        HttpStatus status = HttpStatus.valueOf(code.value());
        return switch (status) {
            case UNAUTHORIZED -> Problem.unauthorized();
            case FORBIDDEN -> Problem.forbidden();
            case NOT_FOUND -> Problem.unknown();
            case METHOD_NOT_ALLOWED -> Problem.of(status, "method.unsupported");
            case NOT_ACCEPTABLE, UNSUPPORTED_MEDIA_TYPE -> Problem.of(status, "media.unsupported");
            case CONTENT_TOO_LARGE -> Problem.of(status, "request.too-large");
            case SERVICE_UNAVAILABLE -> Problem.of(status, "unavailable");
            default ->
                    status.is4xxClientError()
                            ? Problem.of(status, "request.invalid")
                            : incident(new IllegalStateException("Status " + status.value()));
        };
    }

    private Problem fields(BindingResult result) {
        List<FieldProblem> fields =
                result.getFieldErrors().stream()
                        .map(error ->
                                new FieldProblem(
                                        error.getField(),
                                        messages.getMessage(
                                                error, LocaleContextHolder.getLocale())))
                        .toList();
        return new Problem(HttpStatus.BAD_REQUEST, "request.invalid", List.of(), fields, null);
    }

    private static Problem database(Throwable cause) {
        log.warn("The database did not answer: {}", cause.getClass().getSimpleName());
        return Problem.database();
    }

    private static Problem incident(Throwable cause) {
        String incident = UUID.randomUUID().toString();
        log.error("Incident {}", incident, cause);
        return Problem.incident(incident);
    }
}
