package atelier.identity.web;

import atelier.identity.Members;
import atelier.kernel.MemberId;
import atelier.web.MemberSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.WebUtils;

/** Lets a browser in and speaks the member's language where none was chosen on this machine. */
@Component
class Arrival {

    private final MemberSession session;
    private final Members members;
    private final LocaleResolver locales;

    Arrival(MemberSession session, Members members, LocaleResolver locales) {
        this.session = session;
        this.members = members;
        this.locales = locales;
    }

    void of(MemberId member, HttpServletRequest request, HttpServletResponse response) {
        session.open(member, request);
        if (WebUtils.getCookie(request, "lang") == null) {
            members.language(member)
                    .ifPresent(language -> locales.setLocale(request, response, language));
        }
    }
}
