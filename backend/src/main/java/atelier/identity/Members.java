package atelier.identity;

import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.vault.Vault;
import atelier.web.Languages;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Who is here: registers members, finds them, gives and takes their roles. */
@Service
public class Members {

    private static final int SEARCH_MAXIMUM = 100;

    private final MemberRows rows;
    private final Passwords passwords;
    private final SignIn signIn;
    private final JoinKeys joinKeys;
    private final Vault vault;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Members(
            MemberRows rows,
            Passwords passwords,
            SignIn signIn,
            JoinKeys joinKeys,
            Vault vault,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Clock clock) {
        this.rows = rows;
        this.passwords = passwords;
        this.signIn = signIn;
        this.joinKeys = joinKeys;
        this.vault = vault;
        this.events = events;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Makes a member with an account of their own. Sending the same registration again answers with
     * the same member; an address that is taken is answered as a sign-in with this password would
     * be, so that nobody learns more here than there.
     *
     * @throws Refused {@code sign-in.refused} if the address is taken by another password, {@code
     *     sign-in.throttled} after too many tries, {@code idempotency.mismatch} if its key came
     *     with another registration before
     */
    public Member register(Registration registration) {
        joinKeys.require(registration);
        signIn.admitJoining(registration.from());
        if (isKnown(registration)) {
            return returning(registration);
        }
        String hash = passwords.hash(registration.password());
        try {
            return join(registration, hash);
        } catch (DuplicateKeyException e) {
            return returning(registration);
        }
    }

    /** A member by id. */
    public Optional<Member> find(MemberId id) {
        return rows.find(id);
    }

    /** Several members by id; those there are not are left out. */
    public Map<MemberId, Member> find(Collection<MemberId> ids) {
        return rows.find(ids).stream().collect(Collectors.toMap(Member::id, Function.identity()));
    }

    /** Whose account this is. */
    public Optional<Member> byAddress(Address account) {
        return rows.byAccounts(Set.of(account)).stream().findFirst();
    }

    /** Whose accounts these are; accounts of nobody are left out. */
    public Map<Address, Member> byAddresses(Collection<Address> accounts) {
        return rows.byAccounts(accounts).stream()
                .collect(Collectors.toMap(Member::account, Function.identity()));
    }

    /** Members whose name contains the text, in order of name; at most 100. */
    public List<Member> search(String text, int limit) {
        return rows.search(text, Math.clamp(limit, 0, SEARCH_MAXIMUM));
    }

    /** Who has had the role for longest, of those who have it. */
    public Optional<Member> first(Role role) {
        return rows.first(role);
    }

    /** Gives a role; tells {@link RoleGiven} if they did not have it. */
    @Transactional
    public void appoint(MemberId id, Role role) {
        Member member = require(id);
        if (rows.give(id, role, clock.instant())) {
            events.publishEvent(new RoleGiven(id, member.account(), role));
        }
    }

    /**
     * Takes a role, at once for every session; tells {@link RoleTaken} if they had it. {@link
     * Role#MEMBER} stays with whoever joined.
     */
    @Transactional
    public void dismiss(MemberId id, Role role) {
        if (role == Role.MEMBER) {
            throw Refused.conflict("member.role");
        }
        Member member = require(id);
        if (rows.take(id, role)) {
            events.publishEvent(new RoleTaken(id, member.account(), role));
        }
    }

    /** The language that a member chose last. */
    public Optional<Locale> language(MemberId id) {
        return rows.language(id);
    }

    private boolean isKnown(Registration registration) {
        return rows.credentials(new Email(registration.email())).isPresent();
    }

    private Member returning(Registration registration) {
        MemberId id =
                signIn.byPassword(
                        registration.email(), registration.password(), registration.from());
        return require(id);
    }

    private Member join(Registration registration, String hash) {
        Member joined =
                transaction.execute(status -> {
                    Member member = withAccount(registration);
                    rows.add(member, registration.email(), hash, language());
                    events.publishEvent(new MemberJoined(member.id(), member.account()));
                    return member;
                });
        return Objects.requireNonNull(joined);
    }

    private Member withAccount(Registration registration) {
        MemberId id = new MemberId(UUID.randomUUID());
        return new Member(
                id,
                registration.name(),
                vault.create(id.toString()),
                Set.of(Role.MEMBER),
                clock.instant());
    }

    private Member require(MemberId id) {
        return rows.find(id).orElseThrow(() -> Refused.notFound("member.unknown"));
    }

    private static Locale language() {
        return Languages.match(LocaleContextHolder.getLocale()).orElse(Languages.DEFAULT);
    }
}
