package atelier.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.servlet.ModelAndView;

/** Answers for every handler that throws: problem+json on the API, the error page otherwise. */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice {

    private final Problems problems;
    private final ProblemWords words;

    ProblemAdvice(Problems problems, ProblemWords words) {
        this.problems = problems;
        this.words = words;
    }

    /** Who may not enter is told so by the security filters. */
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void leaveToFilters(RuntimeException denied) {
        throw denied;
    }

    /** The reader went away; there is nobody to tell. */
    @ExceptionHandler({AsyncRequestNotUsableException.class, AsyncRequestTimeoutException.class})
    void nobodyListens() {}

    @ExceptionHandler(Exception.class)
    @Nullable Object answer(
            Exception failure, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            return new ModelAndView();
        }
        Problem problem = problems.of(failure);
        request.setAttribute(ProblemWriter.ATTRIBUTE, problem);
        return Api.isCalled(request) ? json(problem) : page(problem);
    }

    ResponseEntity<ProblemDetail> json(Problem problem) {
        return ResponseEntity.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(words.detail(problem));
    }

    ModelAndView page(Problem problem) {
        ModelAndView page = new ModelAndView("web/problem", problem.status());
        page.addObject("status", problem.status().value());
        page.addObject("title", words.title(problem));
        page.addObject("remedy", words.remedy(problem));
        page.addObject("code", problem.code());
        page.addObject("incident", problem.incident());
        return page;
    }
}
