package atelier.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Around everything, the sessions included: where a filter, or the error page itself, fails for
 * want of the database, the reader still gets the page or the JSON that says so. It is made for a
 * stranger, because who is reading stands in the database.
 */
final class DatabaseAway implements Filter {

    private static final Logger log = LoggerFactory.getLogger(DatabaseAway.class);

    private final ProblemWriter problems;
    private final String errorPage;

    DatabaseAway(ProblemWriter problems, String errorPage) {
        this.problems = problems;
        this.errorPage = errorPage;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (IOException | ServletException | RuntimeException e) {
            if (!DatabaseTrouble.causes(e)) {
                throw e;
            }
            log.warn("The database did not answer: {}", e.getClass().getSimpleName());
            if (!response.isCommitted()) {
                response.reset();
                answer((HttpServletRequest) request, (HttpServletResponse) response);
            }
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (Api.isCalled(request)) {
            problems.write(Problem.database(), request, response);
            return;
        }
        request.setAttribute(ProblemWriter.ATTRIBUTE, Problem.database());
        request.getRequestDispatcher(errorPage).forward(new Stranger(request), response);
    }

    /** The same request as a guest's look at a page: no token, and no form to be checked. */
    private static final class Stranger extends HttpServletRequestWrapper {

        private Stranger(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return HttpMethod.GET.name();
        }

        @Override
        public @Nullable String getHeader(String name) {
            return HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name) ? null : super.getHeader(name);
        }
    }
}
