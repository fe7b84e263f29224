package atelier.web;

import jakarta.servlet.DispatcherType;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * The filters before every page and call. They settle who is asking and where from; who may do what
 * is written on each handler and asked by {@link RoleGate}.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableMethodSecurity(jsr250Enabled = true)
@EnableJdbcHttpSession(
        tableName = "recorded.web_session",
        maxInactiveIntervalInSeconds = SecurityConfiguration.SESSION_SECONDS)
class SecurityConfiguration {

    /** A fortnight without a visit ends a session. */
    static final int SESSION_SECONDS = 14 * 24 * 60 * 60;

    /** Everything comes from ourselves; only small drawings inside style sheets are data. */
    static final String CONTENT_POLICY =
            "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";

    private static final String NO_DEVICES =
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

    /** Requests are observed as a whole; nobody asks how long a single filter takes. */
    @Bean
    SecurityObservationSettings observations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityFilterChain filters(
            HttpSecurity http,
            Accounts accounts,
            MemberContexts contexts,
            ProblemWriter problems,
            Gatekeeper gatekeeper) {
        return http.securityContext(context -> context.securityContextRepository(contexts))
                .addFilterBefore(new BearerFilter(accounts, problems), CsrfFilter.class)
                .csrf(csrf -> csrf.requireCsrfProtectionMatcher(new CsrfScope()))
                .authorizeHttpRequests(requests ->
                        requests.requestMatchers(EndpointRequest.to("health", "info"))
                                .permitAll()
                                .requestMatchers(EndpointRequest.toAnyEndpoint())
                                .hasRole("ADMIN")
                                .anyRequest()
                                .permitAll())
                .exceptionHandling(answers ->
                        answers.authenticationEntryPoint(gatekeeper)
                                .accessDeniedHandler(gatekeeper))
                .headers(SecurityConfiguration::headers)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    FilterRegistrationBean<DatabaseAway> databaseAway(
            ProblemWriter problems, @Value("${spring.web.error.path:/error}") String errorPage) {
        FilterRegistrationBean<DatabaseAway> filter =
                new FilterRegistrationBean<>(new DatabaseAway(problems, errorPage));
        filter.setOrder(SessionRepositoryFilter.DEFAULT_ORDER - 1);
        filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
        return filter;
    }

    /** Nobody signs in through Spring's manager; members do through identity's door. */
    @Bean
    AuthenticationManager noOtherSignIn() {
        return authentication -> {
            throw new ProviderNotFoundException("Sign in at /sign-in or /api/v1/sessions");
        };
    }

    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sessionsInPostgres() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }

    /** Kept over a closed browser for as long as the session may live. */
    @Bean
    CookieSerializer sessionCookie() {
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName("session");
        cookie.setCookieMaxAge(SESSION_SECONDS);
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        return cookie;
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                .frameOptions(frames -> frames.deny())
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(devices -> devices.policy(NO_DEVICES))
                .httpStrictTransportSecurity(
                        strict -> strict.maxAgeInSeconds(Duration.ofDays(365).toSeconds()));
    }
}
