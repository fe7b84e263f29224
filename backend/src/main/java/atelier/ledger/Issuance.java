package atelier.ledger;

import atelier.chain.Call;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.identity.MemberJoined;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.ledger.OwedWelcomes.Owed;
import atelier.rules.Rulebook;
import atelier.rules.Rules;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Issues points: the welcome of a new member, and what admins grant within the budget. */
@Component
class Issuance {

    private static final int REASON_LENGTH = 200;
    private static final Duration WELCOME_PATIENCE = Duration.ofDays(365);
    private static final Duration GRANT_PATIENCE = Duration.ofDays(1);
    private static final String STATEMENT = "/me/points";

    private final Intents intents;
    private final Issues issues;
    private final OwedWelcomes owed;
    private final Budget budget;
    private final Holds holds;
    private final Members members;
    private final Rules rules;
    private final Clock clock;

    Issuance(
            Intents intents,
            Issues issues,
            OwedWelcomes owed,
            Budget budget,
            Holds holds,
            Members members,
            Rules rules,
            Clock clock) {
        this.intents = intents;
        this.issues = issues;
        this.owed = owed;
        this.budget = budget;
        this.holds = holds;
        this.members = members;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * In the joining's own transaction: whoever has joined will be welcomed. With how many points
     * is a rule; until that is read, the welcome is owed.
     */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void welcome(MemberJoined joined) {
        rules.read()
                .ifPresentOrElse(
                        book -> welcome(joined.member(), joined.account(), book.welcomePoints()),
                        () -> owed.add(joined.member(), joined.account()));
    }

    /** Issues the oldest welcomes that are owed, if it is known by now what they are; how many. */
    @Transactional
    public int welcomeOwed(int most) {
        Optional<Rulebook> book = owed.count() == 0 ? Optional.empty() : rules.read();
        return book.map(Rulebook::welcomePoints).map(amount -> welcomeOwed(most, amount)).orElse(0);
    }

    private int welcomeOwed(int most, TokenAmount amount) {
        List<Owed> taken = owed.take(most);
        taken.forEach(late -> welcome(late.member(), late.account(), amount));
        return taken.size();
    }

    private void welcome(MemberId member, Address account, TokenAmount amount) {
        if (amount.signum() == 0) {
            return;
        }
        Intent intent =
                intents.submit(
                        new IntentRequest(
                                member,
                                "points.welcome",
                                member.toString(),
                                new Call.Issue(account, amount),
                                null,
                                IntentRequest.hashOf("points.welcome", member),
                                clock.instant().plus(WELCOME_PATIENCE),
                                STATEMENT));
        issues.record(intent.id(), member, account, amount, null, null);
    }

    @Transactional
    public Intent grant(
            MemberId admin, MemberId to, TokenAmount amount, String reason, IdempotencyKey key) {
        String why = reason.strip();
        Hash32 asked = IntentRequest.hashOf("points.grant", to, amount.units(), why);
        Optional<Intent> first = intents.replay(admin, key, asked);
        if (first.isPresent()) {
            return first.get();
        }
        check(amount, why);
        Member member = members.find(to).orElseThrow(() -> Refused.notFound("member.unknown"));
        spendBudget(amount);
        Intent intent =
                intents.submit(
                        new IntentRequest(
                                admin,
                                "points.grant",
                                admin + ":" + key.value(),
                                new Call.Issue(member.account(), amount),
                                key,
                                asked,
                                clock.instant().plus(GRANT_PATIENCE),
                                "/admin/points"));
        issues.record(intent.id(), to, member.account(), amount, why, admin);
        return intent;
    }

    private static void check(TokenAmount amount, String reason) {
        if (amount.signum() <= 0) {
            throw Refused.invalid("points.not-positive", amount);
        }
        if (reason.isEmpty() || reason.length() > REASON_LENGTH) {
            throw Refused.invalid("points.reason-length", REASON_LENGTH);
        }
    }

    // One grant after the other: issuing is spending from the account that is nobody's.
    private void spendBudget(TokenAmount amount) {
        holds.lock(Address.ZERO);
        TokenAmount left = budget.left();
        if (left.compareTo(amount) < 0) {
            throw Refused.conflict("points.over-budget", amount, left);
        }
    }
}
