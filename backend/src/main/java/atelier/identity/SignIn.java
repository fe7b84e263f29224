package atelier.identity;

import atelier.identity.MemberRows.Credentials;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.Refused.Reason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Opens the door by e-mail address and password. A wrong password and an unknown address get the
 * same answer after the same time, and guessing gets slow: per account and place, per account, and
 * per place.
 */
@Service
public class SignIn {

    private final MemberRows rows;
    private final Passwords passwords;
    private final Throttle throttle;
    private final IdentityProperties limits;

    SignIn(MemberRows rows, Passwords passwords, Throttle throttle, IdentityProperties limits) {
        this.rows = rows;
        this.passwords = passwords;
        this.throttle = throttle;
        this.limits = limits;
    }

    /**
     * Who this is.
     *
     * @param from the network address asking; null from inside
     * @throws Refused {@code sign-in.refused} if the two do not belong together, {@code
     *     sign-in.throttled} after too many tries, {@code sign-in.busy} if the machine is
     */
    public MemberId byPassword(String email, String password, @Nullable String from) {
        Email known = read(email);
        admit(known, from);
        MemberId member = check(known, password);
        forgive(known, from);
        return member;
    }

    /** Limits how many members one network address makes. */
    void admitJoining(@Nullable String from) {
        if (from != null) {
            require("join:" + from, limits.joinsPerAddress());
        }
    }

    private MemberId check(Email email, String password) {
        Optional<Credentials> credentials = rows.credentials(email);
        if (credentials.isEmpty()) {
            passwords.pretend(password);
            throw refused();
        }
        if (!passwords.matches(password, credentials.get().passwordHash())) {
            throw refused();
        }
        return credentials.get().member();
    }

    private void admit(Email email, @Nullable String from) {
        require(place(email, from), limits.triesPerPlace());
        require(account(email), limits.triesPerAccount());
        if (from != null) {
            require(address(from), limits.triesPerAddress());
        }
    }

    /** Who is right is no guesser: only wrong tries wear the limits down. */
    private void forgive(Email email, @Nullable String from) {
        throttle.forget(place(email, from));
        throttle.forgive(account(email));
        if (from != null) {
            throttle.forgive(address(from));
        }
    }

    private void require(String subject, int limit) {
        if (!throttle.admits(subject, limit, limits.window())) {
            throw new Refused(Reason.TOO_MANY, "sign-in.throttled", limits.window().toMinutes());
        }
    }

    /** What is no address at all belongs to nobody, and is told so like any other. */
    private static Email read(String typed) {
        try {
            return Email.parse(typed);
        } catch (Refused e) {
            throw refused();
        }
    }

    private static String place(Email email, @Nullable String from) {
        return "place:" + email.address() + " " + from;
    }

    private static String account(Email email) {
        return "account:" + email.address();
    }

    private static String address(String from) {
        return "address:" + from;
    }

    private static Refused refused() {
        return new Refused(Reason.FORBIDDEN, "sign-in.refused");
    }
}
