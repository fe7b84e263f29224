package atelier.web;

import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Says a problem in the reader's language: a title, and what to do next. */
@Component
class ProblemWords {

    private final Format format;

    ProblemWords(Format format) {
        this.format = format;
    }

    String title(Problem problem) {
        return format.problem(problem.code(), "title", problem.values());
    }

    String remedy(Problem problem) {
        return format.problem(problem.code(), "remedy", problem.values());
    }

    /** The problem as RFC 9457 has it, with our code, its values and the fields concerned. */
    ProblemDetail detail(Problem problem) {
        ProblemDetail detail = ProblemDetail.forStatus(problem.status());
        detail.setTitle(title(problem));
        detail.setDetail(remedy(problem));
        detail.setProperty("code", problem.code());
        if (!problem.values().isEmpty()) {
            detail.setProperty("values", problem.values().stream().map(Object::toString).toList());
        }
        if (!problem.fields().isEmpty()) {
            detail.setProperty("fields", problem.fields());
        }
        return detail;
    }
}
