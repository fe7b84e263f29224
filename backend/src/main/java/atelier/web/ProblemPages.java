package atelier.web;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** The error page, for what failed before a handler was found: in a filter, or for want of one. */
@Controller
class ProblemPages implements ErrorController {

    private final Problems problems;
    private final ProblemAdvice advice;

    ProblemPages(Problems problems, ProblemAdvice advice) {
        this.problems = problems;
        this.advice = advice;
    }

    @PermitAll
    @RequestMapping("${spring.web.error.path:/error}")
    Object problem(HttpServletRequest request) {
        Problem problem = find(request);
        return Api.isCalled(request) ? advice.json(problem) : advice.page(problem);
    }

    private Problem find(HttpServletRequest request) {
        if (request.getAttribute(ProblemWriter.ATTRIBUTE) instanceof Problem told) {
            return told;
        }
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
            return problems.of(thrown);
        }
        return request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? problems.of(HttpStatusCode.valueOf(code))
                : Problem.unknown();
    }
}
