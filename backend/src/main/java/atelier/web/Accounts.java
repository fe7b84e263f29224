package atelier.web;

import atelier.kernel.MemberId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the web has to ask about members; answered by the module that knows them. */
public interface Accounts {

    /** A member for whom a token speaks, with their roles as they are now. */
    record Bearer(MemberId member, Set<String> roles) {

        public Bearer {
            roles = Set.copyOf(roles);
        }
    }

    /** A member's roles as they are now; empty if there is no such member. */
    Set<String> rolesOf(MemberId member);

    /** Whose token this is, and what they may do; empty if unknown, revoked or expired. */
    Optional<Bearer> bearerOf(String token);

    /** Keeps the language that a member chose, for their next sign-in elsewhere. */
    void rememberLanguage(MemberId member, Locale language);
}
