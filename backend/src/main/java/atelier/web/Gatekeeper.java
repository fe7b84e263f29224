package atelier.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * What those hear who may not enter: a guest is asked to sign in and comes back afterwards, anyone
 * else gets a plain no that says nothing of what lies behind.
 */
@Component
class Gatekeeper implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final String SIGN_IN = "/sign-in";
    private static final String HTMX = "HX-Request";
    private static final String HTMX_PAGE = "HX-Current-URL";

    private final ProblemWriter problems;

    Gatekeeper(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public void commence(
            HttpServletRequest request,
            HttpServletResponse response,
            AuthenticationException notKnown)
            throws IOException, ServletException {
        if (Api.isCalled(request)) {
            problems.write(Problem.unauthorized(), request, response);
        } else if (request.getHeader(HTMX) != null) {
            leaveThePage(request, response);
        } else {
            response.sendRedirect(signInAndBack(request));
        }
    }

    /** A part of a page cannot be a sign-in; the whole page goes there, and comes back. */
    private static void leaveThePage(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("HX-Redirect", page(request).map(Gatekeeper::thenTo).orElse(SIGN_IN));
    }

    /** The page that asked for a part, without its host. */
    private static Optional<String> page(HttpServletRequest request) {
        try {
            return Optional.ofNullable(request.getHeader(HTMX_PAGE))
                    .map(URI::create)
                    .filter(page -> page.getRawPath() != null)
                    .map(page -> address(page.getRawPath(), page.getRawQuery()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException, ServletException {
        Problem problem = denied instanceof CsrfException ? Problem.csrf() : Problem.forbidden();
        problems.write(problem, request, response);
    }

    /** Only a page can be come back to; a form that was sent is gone. */
    private static String signInAndBack(HttpServletRequest request) {
        return HttpMethod.GET.matches(request.getMethod())
                ? thenTo(address(request.getRequestURI(), request.getQueryString()))
                : SIGN_IN;
    }

    private static String address(String path, @Nullable String query) {
        return query == null ? path : path + "?" + query;
    }

    private static String thenTo(String then) {
        return UriComponentsBuilder.fromPath(SIGN_IN)
                .queryParam("then", "{then}")
                .encode()
                .buildAndExpand(then)
                .toUriString();
    }
}
