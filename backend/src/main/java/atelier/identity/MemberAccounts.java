package atelier.identity;

import atelier.kernel.MemberId;
import atelier.web.Accounts;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Answers what the web asks about members. */
@Component
class MemberAccounts implements Accounts {

    private final MemberRows rows;
    private final ApiTokens tokens;

    MemberAccounts(MemberRows rows, ApiTokens tokens) {
        this.rows = rows;
        this.tokens = tokens;
    }

    @Override
    public Set<String> rolesOf(MemberId member) {
        return rows.find(member).stream()
                .flatMap(known -> known.roles().stream())
                .map(Role::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Optional<Bearer> bearerOf(String token) {
        return tokens.bearerOf(token);
    }

    @Override
    public void rememberLanguage(MemberId member, Locale language) {
        rows.speak(member, language);
    }
}
