package atelier.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/**
 * The languages that pages are written in, and which one a reader gets: the one they chose, else
 * the first of their browser's that we know, else {@link #DEFAULT}.
 */
@Configuration(proxyBeanMethods = false)
public class Languages {

    /** Written by people who know it; the rest is translated from it. */
    public static final Locale DEFAULT = Locale.forLanguageTag("zh-TW");

    /** Every language there are words for. */
    public static final List<Locale> ALL =
            List.of(DEFAULT, Locale.forLanguageTag("zh-CN"), Locale.ENGLISH);

    static final String COOKIE = "lang";

    /**
     * The language of ours that a tag means: {@code zh-HK} and {@code zh-Hant} are read by who
     * reads {@code zh-TW}, other Chinese by who reads {@code zh-CN}.
     */
    public static Optional<Locale> match(Locale wanted) {
        return switch (wanted.getLanguage()) {
            case "en" -> Optional.of(Locale.ENGLISH);
            case "zh" -> Optional.of(isTraditional(wanted) ? DEFAULT : ALL.get(1));
            default -> Optional.empty();
        };
    }

    @Bean
    LocaleResolver localeResolver() {
        CookieLocaleResolver resolver = new KnownLocales();
        resolver.setCookieMaxAge(Duration.ofDays(365));
        resolver.setCookieSameSite("Lax");
        resolver.setCookieHttpOnly(true);
        resolver.setDefaultLocaleFunction(Languages::fromBrowser);
        return resolver;
    }

    private static Locale fromBrowser(HttpServletRequest request) {
        if (request.getHeader("Accept-Language") == null) {
            return DEFAULT;
        }
        return Collections.list(request.getLocales()).stream()
                .flatMap(locale -> match(locale).stream())
                .findFirst()
                .orElse(DEFAULT);
    }

    private static boolean isTraditional(Locale wanted) {
        return wanted.getScript().equals("Hant")
                || List.of("TW", "HK", "MO").contains(wanted.getCountry());
    }

    /** Takes a cookie for what it is: something a stranger may have written. */
    private static final class KnownLocales extends CookieLocaleResolver {

        private KnownLocales() {
            super(COOKIE);
            setRejectInvalidCookies(false);
        }

        @Override
        protected @Nullable Locale parseLocaleValue(String value) {
            return match(Locale.forLanguageTag(value)).orElse(null);
        }
    }
}
