package atelier.web;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.LocaleResolver;

/** Changes the language and goes back to where the reader was. */
@Controller
class LanguagePages {

    private final LocaleResolver locales;
    private final CurrentMember currentMember;
    private final Accounts accounts;

    LanguagePages(LocaleResolver locales, CurrentMember currentMember, Accounts accounts) {
        this.locales = locales;
        this.currentMember = currentMember;
        this.accounts = accounts;
    }

    @PermitAll
    @GetMapping("/language")
    String choose(
            @RequestParam String to,
            @RequestParam(required = false) @Nullable String back,
            HttpServletRequest request,
            HttpServletResponse response) {
        Languages.match(Locale.forLanguageTag(to))
                .ifPresent(language -> {
                    locales.setLocale(request, response, language);
                    currentMember.id().ifPresent(id -> accounts.rememberLanguage(id, language));
                });
        return "redirect:" + LocalPath.of(back == null ? lastPage(request) : back);
    }

    /** The page whose link was pressed, as the browser says. */
    private static String lastPage(HttpServletRequest request) {
        String referrer = request.getHeader(HttpHeaders.REFERER);
        if (referrer == null) {
            return "/";
        }
        try {
            URI page = URI.create(referrer);
            String query = page.getRawQuery();
            return page.getRawPath() + (query == null ? "" : "?" + query);
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }
}
