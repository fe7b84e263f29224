package atelier.web;

import atelier.kernel.MemberId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Who the session belongs to and what they may do, looked up only when asked for, so that a picture
 * or a style sheet costs no query.
 */
@Component
class MemberContexts implements SecurityContextRepository {

    private final Accounts accounts;

    MemberContexts(Accounts accounts) {
        this.accounts = accounts;
    }

    /** A member with today's roles; empty if the member is no more. */
    private Optional<Authentication> authentication(MemberId member) {
        return authentication(new Accounts.Bearer(member, accounts.rolesOf(member)));
    }

    /** The same for a member whose roles are known; empty if there are none. */
    static Optional<Authentication> authentication(Accounts.Bearer known) {
        Set<String> roles = known.roles();
        if (roles.isEmpty()) {
            return Optional.empty();
        }
        List<SimpleGrantedAuthority> authorities =
                roles.stream().map(role -> new SimpleGrantedAuthority("ROLE_" + role)).toList();
        return Optional.of(
                UsernamePasswordAuthenticationToken.authenticated(
                        known.member().toString(), null, authorities));
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new Deferred(request);
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester")
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return load(holder.getRequest());
    }

    /** Nothing to do: {@link MemberSession} alone opens a session. */
    @Override
    public void saveContext(
            SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return MemberSession.member(request).isPresent();
    }

    private SecurityContext load(HttpServletRequest request) {
        SecurityContextImpl context = new SecurityContextImpl();
        MemberSession.member(request)
                .flatMap(this::authentication)
                .ifPresent(context::setAuthentication);
        return context;
    }

    private final class Deferred implements DeferredSecurityContext {

        private final HttpServletRequest request;
        private @Nullable SecurityContext loaded;

        private Deferred(HttpServletRequest request) {
            this.request = request;
        }

        @Override
        public SecurityContext get() {
            SecurityContext context = loaded;
            if (context == null) {
                context = load(request);
                loaded = context;
            }
            return context;
        }

        @Override
        public boolean isGenerated() {
            return get().getAuthentication() == null;
        }
    }
}
