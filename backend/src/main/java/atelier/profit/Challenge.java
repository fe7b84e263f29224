package atelier.profit;

import atelier.chain.Call;
import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.governance.Ratchet;
import atelier.governance.Seat;
import atelier.governance.Seats;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.identity.Role;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.rules.Rule;
import atelier.rules.Rules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to speaking against a statement before it counts: members object with their seats,
 * whoever guards holds it. The contract looks once more at who may, and until when.
 */
@Service
public class Challenge {

    private static final Duration PATIENCE = Duration.ofDays(1);

    /** How a member stands to a statement that waits. */
    public enum Voice {
        /** No seat, no objection. */
        SEATLESS,
        /** The seat does not vote yet. */
        EARLY,
        /** May object. */
        OPEN,
        /** Has objected. */
        HEARD
    }

    /**
     * Who may hold statements.
     *
     * @param byKeeper whether it is the key of this place, which its operators use
     * @param until when the term ends by itself
     */
    public record Guard(Address account, boolean byKeeper, Instant until) {

        boolean speaksThrough(Member member) {
            return account.equals(member.account())
                    || (byKeeper && member.roles().contains(Role.ADMIN));
        }
    }

    private final Publications publications;
    private final ProfitCalls calls;
    private final Ratchet ratchet;
    private final Seats seats;
    private final Rules rules;
    private final Members members;
    private final Contracts contracts;
    private final Intents intents;
    private final ProfitClock chainTime;
    private final Clock clock;

    Challenge(
            Publications publications,
            ProfitCalls calls,
            Ratchet ratchet,
            Seats seats,
            Rules rules,
            Members members,
            Contracts contracts,
            Intents intents,
            ProfitClock chainTime,
            Clock clock) {
        this.publications = publications;
        this.calls = calls;
        this.ratchet = ratchet;
        this.seats = seats;
        this.rules = rules;
        this.members = members;
        this.contracts = contracts;
        this.intents = intents;
        this.chainTime = chainTime;
        this.clock = clock;
    }

    /** How many seats hold a statement, by the rule in force. */
    public int seatsNeeded() {
        return rules.current().value(Rule.OBJECTIONS).intValueExact();
    }

    /** Who guards now; nobody once the term or the last stage is over. */
    public Optional<Guard> guard() {
        return ratchet.guardian()
                .flatMap(guardian ->
                        Optional.ofNullable(guardian.account())
                                .filter(account -> !account.equals(Address.ZERO))
                                .map(account ->
                                        new Guard(
                                                account,
                                                account.equals(contracts.keeper()),
                                                guardian.until())));
    }

    /** Whether this member can hold statements: by their own key, or as operator by the place's. */
    public boolean mayHold(MemberId member) {
        return guard().filter(guard -> guard.speaksThrough(member(member))).isPresent();
    }

    /** How a member stands to the statement that waits. */
    public Voice voice(MemberId member, Publication waiting) {
        Optional<Seat> seat = seats.of(member(member).account());
        if (seat.isEmpty()) {
            return Voice.SEATLESS;
        }
        if (publications.isOpposedBy(waiting, seat.get().number())) {
            return Voice.HEARD;
        }
        return seats.mayVoteFrom(seat.get()).isAfter(chainTime.now()) ? Voice.EARLY : Voice.OPEN;
    }

    /** What came with a statement that waits, and goes back if a vote ends it. */
    public TokenAmount funding(Publication waiting) {
        return publications
                .counting(chainTime.now())
                .map(Publication::total)
                .map(waiting.total()::minus)
                .orElse(waiting.total());
    }

    /**
     * Speaks against the statement that waits, with the member's seat; once for a key.
     *
     * @throws Refused {@code statement.not-waiting}, or what the contract says against it
     */
    @Transactional
    public Intent object(MemberId id, long epoch, IdempotencyKey key) {
        Call call = calls.object(member(id).account());
        return submit(id, "profit.object", epoch, call, key);
    }

    /**
     * Holds the statement that waits until a vote decides; once for a key.
     *
     * @throws Refused {@code statement.not-guardian}, {@code statement.not-waiting}, {@code
     *     statement.held}, or what the contract says against it
     */
    @Transactional
    public Intent hold(MemberId id, long epoch, IdempotencyKey key) {
        Member member = member(id);
        Guard guard =
                guard().filter(one -> one.speaksThrough(member))
                        .orElseThrow(() ->
                                new Refused(Refused.Reason.FORBIDDEN, "statement.not-guardian"));
        Call call =
                guard.account().equals(member.account())
                        ? calls.hold(member.account())
                        : calls.hold();
        return submit(id, "profit.hold", epoch, call, key);
    }

    private Intent submit(MemberId member, String kind, long epoch, Call call, IdempotencyKey key) {
        Hash32 request = IntentRequest.hashOf(kind, epoch);
        return intents.replay(member, key, request)
                .orElseGet(() -> {
                    requireWindow(epoch);
                    intents.simulate(call);
                    return intents.submit(
                            new IntentRequest(
                                    member,
                                    kind,
                                    member + "/" + key.value(),
                                    call,
                                    key,
                                    request,
                                    clock.instant().plus(PATIENCE),
                                    "/profit/" + epoch));
                });
    }

    private void requireWindow(long epoch) {
        Publication.State state =
                publications.all(chainTime.now()).stream()
                        .filter(one -> one.epoch() == epoch)
                        .reduce((_, last) -> last)
                        .map(Publication::state)
                        .orElseThrow(() -> Refused.conflict("statement.not-waiting"));
        switch (state) {
            case WAITING -> {}
            case HELD -> throw Refused.conflict("statement.held");
            case COUNTS, CANCELLED -> throw Refused.conflict("statement.not-waiting");
        }
    }

    private Member member(MemberId id) {
        return members.find(id).orElseThrow(() -> Refused.notFound("member.unknown"));
    }
}
