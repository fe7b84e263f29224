package atelier.web;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Asks for a handler's role before anything of the request is read, so that nobody learns from a
 * complaint about their input what lies behind. A handler that names no role is closed to everyone.
 */
@Component
class RoleGate implements HandlerInterceptor {

    /** The API's own description, which is public and not ours to annotate. */
    private static final String API_DESCRIPTION = "org.springdoc.";

    private static final List<Class<? extends Annotation>> STATEMENTS =
            List.of(DenyAll.class, PermitAll.class, RolesAllowed.class);

    private final CurrentMember currentMember;

    RoleGate(CurrentMember currentMember) {
        this.currentMember = currentMember;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            return true; // admitted when it came in; who asked is not known again at its end
        }
        if (handler instanceof HandlerMethod method && !mayEnter(method)) {
            throw new AccessDeniedException("The handler asks for another role");
        }
        return true;
    }

    private boolean mayEnter(HandlerMethod method) {
        return isApiDescription(method) || statement(method).map(this::admits).orElse(false);
    }

    private boolean admits(Annotation statement) {
        return switch (statement) {
            case PermitAll _ -> true;
            case RolesAllowed roles -> Arrays.stream(roles.value()).anyMatch(currentMember::is);
            default -> false;
        };
    }

    static boolean isApiDescription(HandlerMethod method) {
        return method.getBeanType().getName().startsWith(API_DESCRIPTION);
    }

    /** What the method, or else its class, says about who may call it. */
    static Optional<Annotation> statement(HandlerMethod method) {
        return statement(method.getMethod()).or(() -> statement(method.getBeanType()));
    }

    private static Optional<Annotation> statement(AnnotatedElement element) {
        for (Class<? extends Annotation> type : STATEMENTS) {
            Annotation found = AnnotatedElementUtils.findMergedAnnotation(element, type);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
