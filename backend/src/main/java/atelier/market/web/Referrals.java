package atelier.market.web;

import atelier.identity.Members;
import atelier.kernel.MemberId;
import atelier.web.CurrentMember;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.WebUtils;

/**
 * Remembers who brought a visitor: the member named by the latest link that was followed, until the
 * next purchase or for as long as an offer stands by itself. It lies in a cookie that is not
 * signed: buyers may name whom they like anyway, and are shown whom before they buy.
 */
@Component
class Referrals implements HandlerInterceptor, WebMvcConfigurer {

    /** In the links that members share. */
    static final String PARAMETER = "ref";

    private static final String COOKIE = "ref";

    private final Members members;
    private final CurrentMember current;
    private final Duration memory;

    Referrals(
            Members members,
            CurrentMember current,
            @Value("${atelier.market.ref-days:30}") int days) {
        this.members = members;
        this.current = current;
        this.memory = Duration.ofDays(days);
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this).addPathPatterns("/market", "/works/*");
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getMethod().equals("GET")) {
            read(request.getParameter(PARAMETER))
                    .filter(named -> current.id().filter(named::equals).isEmpty())
                    .filter(named -> members.find(named).isPresent())
                    .ifPresent(named -> keep(named.toString(), memory, request, response));
        }
        return true;
    }

    /** Whom the latest link named. */
    Optional<MemberId> remembered(HttpServletRequest request) {
        return Optional.ofNullable(WebUtils.getCookie(request, COOKIE))
                .map(Cookie::getValue)
                .flatMap(Referrals::read);
    }

    void forget(HttpServletRequest request, HttpServletResponse response) {
        if (WebUtils.getCookie(request, COOKIE) != null) {
            keep("", Duration.ZERO, request, response);
        }
    }

    /** The member that a text names, whether there is one or not. */
    static Optional<MemberId> read(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(UUID::fromString).map(MemberId::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void keep(
            String value,
            Duration memory,
            HttpServletRequest request,
            HttpServletResponse response) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(COOKIE, value)
                        .path("/")
                        .maxAge(memory)
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .build()
                        .toString());
    }
}
