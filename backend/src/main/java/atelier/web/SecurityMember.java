package atelier.web;

import atelier.kernel.MemberId;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The current member as Spring Security knows them: a name that is the member's id. */
@Component("currentMember")
class SecurityMember implements CurrentMember {

    private static final String ROLE = "ROLE_";

    @Override
    public Optional<MemberId> id() {
        return authentication().map(known -> new MemberId(UUID.fromString(known.getName())));
    }

    @Override
    public MemberId require() {
        return id().orElseThrow(() -> new IllegalStateException("Nobody is signed in"));
    }

    @Override
    public Set<String> roles() {
        return authentication().stream()
                .flatMap(known -> known.getAuthorities().stream())
                .map(GrantedAuthority::getAuthority)
                .filter(name -> name != null && name.startsWith(ROLE))
                .map(name -> name.substring(ROLE.length()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Authentication> authentication() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .filter(Authentication::isAuthenticated)
                .filter(known -> !(known instanceof AnonymousAuthenticationToken));
    }
}
