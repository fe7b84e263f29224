package atelier.profit;

import atelier.chain.Errands;
import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Pays accounts one by one, each once for a statement, whether they ask for it or not. */
@Component
class AlonePayments {

    private static final String KIND = "profit.claim";
    private static final int AT_ONCE = 20;

    private final Claims claims;
    private final Errands errands;
    private final ProfitCalls calls;

    AlonePayments(Claims claims, Errands errands, ProfitCalls calls) {
        this.claims = claims;
        this.errands = errands;
        this.calls = calls;
    }

    /**
     * Sends on their way what is open for these accounts and not on it; some of them at once.
     *
     * @param paid what has arrived
     */
    void pay(Publication counting, List<Line> accounts, Function<Address, TokenAmount> paid) {
        accounts.stream()
                .filter(line -> !isOnItsWay(counting, line))
                .limit(AT_ONCE)
                .forEach(line ->
                        claims.of(line.account(), paid.apply(line.account()))
                                .ifPresent(claim -> send(counting, line, claim, null)));
    }

    /**
     * Sends what is open for a member's account.
     *
     * @param paid what has arrived
     * @throws Refused {@code claim.nothing} if nothing is
     */
    Intent claim(MemberId member, Publication counting, Line line, TokenAmount paid) {
        OpenClaim claim = claims.of(line.account(), paid).orElseThrow(AlonePayments::nothing);
        return send(counting, line, claim, member);
    }

    static Refused nothing() {
        return Refused.conflict("claim.nothing");
    }

    private Intent send(
            Publication counting, Line line, OpenClaim claim, @Nullable MemberId owner) {
        return errands.send(
                new Errands.Errand(KIND, subject(counting, line), owner, "/profit/me"),
                () -> calls.claim(claim));
    }

    private boolean isOnItsWay(Publication counting, Line line) {
        return errands.find(KIND, subject(counting, line))
                .map(Intent::state)
                .filter(state ->
                        !(state instanceof IntentState.Failed || state instanceof IntentState.Lost))
                .isPresent();
    }

    private static String subject(Publication counting, Line line) {
        return counting.tx() + "/" + line.number();
    }
}
