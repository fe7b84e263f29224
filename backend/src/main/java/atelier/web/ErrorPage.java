package atelier.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an error page says, under the model's name {@code problem}.
 *
 * @param code words are under {@code problem.<code>.title} and {@code problem.<code>.remedy}
 * @param values arguments of these words
 * @param incident what to quote to the operator, when there is something to look up in the log
 */
public record ErrorPage(int status, String code, List<Object> values, @Nullable String incident) {}
