package atelier.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Which requests must prove that they come from a page of ours: every one that changes something by
 * the power of a cookie. A token in a header proves it by itself, and an API call without a session
 * has no power to abuse.
 */
final class CsrfScope implements RequestMatcher {

    @Override
    public boolean matches(HttpServletRequest request) {
        return CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
                && !BearerFilter.carriesToken(request)
                && (!Api.isCalled(request) || MemberSession.member(request).isPresent());
    }
}
