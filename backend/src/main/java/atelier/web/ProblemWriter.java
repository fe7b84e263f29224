package atelier.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers with a problem from where no handler is in charge: in a filter. The API gets its JSON at
 * once, a page goes on to the error page, still as the reader's own request, so that its head knows
 * them.
 */
@Component
class ProblemWriter {

    /** Where the problem is left for the error page and the frame around it. */
    static final String ATTRIBUTE = Problem.class.getName();

    private final ProblemWords words;
    private final JsonMapper json;
    private final LocaleResolver locales;
    private final String page;

    ProblemWriter(
            ProblemWords words,
            JsonMapper json,
            LocaleResolver locales,
            @Value("${spring.web.error.path:/error}") String page) {
        this.words = words;
        this.json = json;
        this.locales = locales;
        this.page = page;
    }

    void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        challenge(problem, response);
        if (Api.isCalled(request)) {
            writeJson(problem, request, response);
        } else {
            request.setAttribute(ATTRIBUTE, problem);
            response.setStatus(problem.status().value());
            request.getRequestDispatcher(page).forward(request, response);
        }
    }

    private void writeJson(
            Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(problem.status().value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        LocaleContextHolder.setLocale(locales.resolveLocale(request));
        json.writeValue(response.getOutputStream(), words.detail(problem));
    }

    private static void challenge(Problem problem, HttpServletResponse response) {
        if (problem.status().value() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
    }
}
