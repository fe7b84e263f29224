package atelier.web;

import atelier.kernel.MemberId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Signs a browser in and out. The session holds nothing but the member's id: roles are read anew
 * with every request, so that taking one away works at once.
 */
@Component
public class MemberSession {

    private static final String MEMBER = "member";

    /**
     * Signs in: the session of before, and with it any id or form key that someone may have
     * planted, is gone.
     */
    public void open(MemberId member, HttpServletRequest request) {
        close(request);
        request.getSession(true).setAttribute(MEMBER, member.toString());
    }

    /** Signs out. */
    public void close(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    static Optional<MemberId> member(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false))
                .map(session -> session.getAttribute(MEMBER))
                .map(id -> new MemberId(UUID.fromString(id.toString())));
    }
}
