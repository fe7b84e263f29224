package atelier.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What the frame around every page asks for; templates know it as {@code @chrome}. */
@Component("chrome")
public class Chrome {

    private static final Logger log = LoggerFactory.getLogger(Chrome.class);

    private final ObjectProvider<Masthead> masthead;

    Chrome(ObjectProvider<Masthead> masthead) {
        this.masthead = masthead;
    }

    /** The signed-in member, or null. */
    public Masthead.@Nullable Reader reader() {
        if (databaseIsAway()) {
            return null;
        }
        try {
            Masthead known = masthead.getIfAvailable();
            return known == null ? null : known.reader().orElse(null);
        } catch (RuntimeException e) {
            // The page that says the database is away must not fail for want of a name in its head.
            log.warn("The head of the page is shown without its reader: {}", e.toString());
            return null;
        }
    }

    /** The page being read, for a way back to it. */
    public String here() {
        HttpServletRequest request = request();
        if (request == null || request.getDispatcherType() != DispatcherType.REQUEST) {
            return "/";
        }
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    /** Asking it for a name would keep the reader waiting once more. */
    private static boolean databaseIsAway() {
        HttpServletRequest request = request();
        return request != null
                && request.getAttribute(ProblemWriter.ATTRIBUTE) instanceof Problem told
                && told.equals(Problem.database());
    }

    private static @Nullable HttpServletRequest request() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes now
                ? now.getRequest()
                : null;
    }

    /** A key that makes sending the same form twice one request. */
    public String freshKey() {
        return UUID.randomUUID().toString();
    }
}
