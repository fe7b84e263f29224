package atelier.governance;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Errands;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.chain.Mirror;
import atelier.governance.SeatRequests.Request;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.rules.Rule;
import atelier.rules.Rulebook;
import atelier.rules.Rules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to membership with a vote: who has which seat, since when, and who may vote. Everyone
 * who joins is given one; it can be given up, and never sold.
 */
@Component
public class Seats {

    private static final Duration PATIENCE = Duration.ofDays(1);

    private final SeatRows rows;
    private final SeatRequests requests;
    private final SeatBudget budget;
    private final Members members;
    private final Rules rules;
    private final Contracts contracts;
    private final Errands errands;
    private final Intents intents;
    private final Mirror mirror;
    private final CouncilClock chain;
    private final Clock clock;

    Seats(
            SeatRows rows,
            SeatRequests requests,
            SeatBudget budget,
            Members members,
            Rules rules,
            Contracts contracts,
            Errands errands,
            Intents intents,
            Mirror mirror,
            CouncilClock chain,
            Clock clock) {
        this.rows = rows;
        this.requests = requests;
        this.budget = budget;
        this.members = members;
        this.rules = rules;
        this.contracts = contracts;
        this.errands = errands;
        this.intents = intents;
        this.mirror = mirror;
        this.chain = chain;
        this.clock = clock;
    }

    /** The seat of an account at the mirrored block. */
    public Optional<Seat> of(Address account) {
        return rows.of(account, Long.MAX_VALUE);
    }

    /** The seat that an account had after a past block. */
    public Optional<Seat> of(Address account, long block) {
        return rows.of(account, block);
    }

    /** Whose a seat is; nothing for one that nobody has. */
    public Optional<Seat> numbered(long number) {
        return rows.numbered(number, Long.MAX_VALUE);
    }

    /** Whose a seat was after a past block. */
    public Optional<Seat> numbered(long number, long block) {
        return rows.numbered(number, block);
    }

    /** Seats that are somebody's, by number, going on after one. */
    public List<Seat> all(long after, int limit) {
        return rows.standing(Long.MAX_VALUE, after, limit);
    }

    /** As {@link #all}, after a past block. */
    public List<Seat> allAt(long block, long after, int limit) {
        return rows.standing(block, after, limit);
    }

    /** From when on a seat votes, by the rule in force. */
    public Instant mayVoteFrom(Seat seat) {
        return seat.taken().plus(waiting(rules.current()));
    }

    /** Who sits, and who of them could vote on what is proposed now. */
    public Electorate electorate() {
        return rows.electorate(Long.MAX_VALUE, chain.now().minus(waiting(rules.current())));
    }

    /** Who sat, and who of them could have voted on what was proposed in that block. */
    public Electorate electorateAt(long block) {
        Instant then =
                mirror.time(block)
                        .orElseThrow(() -> Refused.notFound("block.future", block, block));
        return rows.electorate(block, then.minus(waiting(rules.at(block))));
    }

    /** Seats that the period at hand has left. */
    public long left() {
        return budget.left(rules.current(), chain.now());
    }

    /** How a member stands with their seat. */
    public SeatStanding standing(MemberId id) {
        Address account = member(id).account();
        Optional<Seat> seat = of(account);
        if (seat.isPresent()) {
            Instant from = mayVoteFrom(seat.get());
            return new SeatStanding.Seated(seat.get(), from, !from.isAfter(chain.now()));
        }
        Optional<SeatRows.Revoked> revoked = rows.revoked(account);
        if (revoked.isPresent()) {
            return new SeatStanding.TakenAway(revoked.get().seat(), revoked.get().reason());
        }
        return requests.of(id).map(this::underWay).orElseGet(SeatStanding.None::new);
    }

    /** Why an account without a seat has no vote: another vote took its seat, or it has none. */
    Refused unseated(Address account) {
        return rows.revoked(account)
                .map(revoked -> Refused.conflict("seat.taken-away", revoked.reason()))
                .orElseGet(BallotRefusal.NO_SEAT::refused);
    }

    private SeatStanding underWay(Request request) {
        return errands.find(SeatGiving.KIND, request.subject())
                .map(this::given)
                .orElseGet(() -> new SeatStanding.Waiting(next()));
    }

    private SeatStanding given(Intent intent) {
        return switch (intent.state()) {
            case IntentState.Waiting _, IntentState.Sent _ ->
                    new SeatStanding.OnItsWay(intent.id());
            // It was given, and given up again.
            case IntentState.InBlock _, IntentState.Final _ -> new SeatStanding.None();
            case IntentState.Failed _, IntentState.Lost _ -> new SeatStanding.Waiting(next());
        };
    }

    /** When there is a seat at the earliest. */
    private Instant next() {
        Instant now = chain.now();
        return rules.read()
                .filter(book -> budget.left(book, now) == 0)
                .map(book -> SeatBudget.nextPeriod(book, now))
                .orElse(now);
    }

    /**
     * Wishes a seat for who has none; asking again changes nothing.
     *
     * @throws Refused {@code seat.yours} if they have one, {@code seat.taken-away} if a vote took
     *     it
     */
    @Transactional
    public SeatStanding ask(MemberId id) {
        switch (standing(id)) {
            case SeatStanding.Seated seated ->
                    throw Refused.conflict("seat.yours", seated.seat().number());
            case SeatStanding.TakenAway taken ->
                    throw Refused.conflict("seat.taken-away", taken.reason());
            // The wish that brought an earlier seat may not have been looked at since.
            case SeatStanding.None _ -> requests.settle(id);
            case SeatStanding.OnItsWay _, SeatStanding.Waiting _ -> {}
        }
        requests.add(id, member(id).account(), clock.instant());
        return standing(id);
    }

    /**
     * Gives a member's seat up, signed with their key.
     *
     * @throws Refused {@code seat.none} if they have none
     */
    @Transactional
    public Intent leave(MemberId id, IdempotencyKey key) {
        Hash32 hash = IntentRequest.hashOf("governance.leave");
        Optional<Intent> first = intents.replay(id, key, hash);
        if (first.isPresent()) {
            return first.get();
        }
        Address account = member(id).account();
        if (of(account).isEmpty()) {
            throw Refused.conflict("seat.none");
        }
        byte[] data = Bytes.parse(contracts.seats().leave().encodeFunctionCall());
        Call call = new Call.Forward(account, ContractKind.SEATS, data);
        intents.simulate(call);
        requests.settle(id);
        return intents.submit(
                new IntentRequest(
                        id,
                        "governance.leave",
                        id + ":" + key.value(),
                        call,
                        key,
                        hash,
                        clock.instant().plus(PATIENCE),
                        "/me/seat"));
    }

    private Member member(MemberId id) {
        return members.find(id).orElseThrow(() -> Refused.notFound("member.unknown"));
    }

    private static Duration waiting(Rulebook book) {
        return Duration.ofSeconds(book.value(Rule.WAITING_TIME).longValueExact());
    }
}
