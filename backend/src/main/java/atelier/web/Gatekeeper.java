package atelier.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
            leaveThePage(response);
        } else {
            response.sendRedirect(signInAndBack(request));
        }
    }

    /** A part of a page cannot be a sign-in; the whole page goes there. */
    private static void leaveThePage(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        response.setHeader("HX-Redirect", SIGN_IN);
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
        UriComponentsBuilder signIn = UriComponentsBuilder.fromPath(SIGN_IN);
        if (HttpMethod.GET.matches(request.getMethod())) {
            signIn.queryParam("then", "{then}");
            String query = request.getQueryString();
            String then = request.getRequestURI() + (query == null ? "" : "?" + query);
            return signIn.encode().buildAndExpand(then).toUriString();
        }
        return signIn.toUriString();
    }
}
