package atelier.web;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Says a problem in the reader's language: a title, and what to do next. */
@Component
class ProblemWords {

    private final MessageSource messages;

    ProblemWords(MessageSource messages) {
        this.messages = messages;
    }

    String title(Problem problem, Locale locale) {
        return say(problem, "title", locale);
    }

    String remedy(Problem problem, Locale locale) {
        return say(problem, "remedy", locale);
    }

    /** The problem as RFC 9457 has it, with our code, its values and the fields concerned. */
    ProblemDetail detail(Problem problem, Locale locale) {
        ProblemDetail detail = ProblemDetail.forStatus(problem.status());
        detail.setTitle(title(problem, locale));
        detail.setDetail(remedy(problem, locale));
        detail.setProperty("code", problem.code());
        if (!problem.values().isEmpty()) {
            detail.setProperty("values", problem.values().stream().map(Object::toString).toList());
        }
        if (!problem.fields().isEmpty()) {
            detail.setProperty("fields", problem.fields());
        }
        return detail;
    }

    /** A code that no bundle knows still gets a sentence, and stays visible beside it. */
    private String say(Problem problem, String part, Locale locale) {
        Object[] values = problem.values().toArray();
        String known = find("problem." + problem.code() + "." + part, values, locale);
        if (known != null) {
            return known;
        }
        String general = find("problem.other." + part, values, locale);
        return general == null ? problem.code() : general;
    }

    private @Nullable String find(String key, Object[] values, Locale locale) {
        return messages.getMessage(key, values, null, locale);
    }
}
