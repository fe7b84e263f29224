package atelier.governance;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Errands;
import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.governance.SeatRequests.Request;
import atelier.identity.MemberJoined;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.rules.Rulebook;
import atelier.rules.Rules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;

/**
 * Gives everyone who wishes one a seat, as fast as the period's budget allows: the registrar's
 * calls, each an intent of the member who is to sit.
 */
@Component
class SeatGiving {

    /** What a wish is sent as. */
    static final String KIND = "governance.seat";

    private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
    private static final int AT_ONCE = 100;

    /** Why the contract will not give this account a seat the next time either. */
    private static final Set<String> FOR_GOOD =
            Set.of("contract.AlreadySeated", "contract.SeatWasRevoked", "contract.NoSeatLeft");

    private final SeatRequests requests;
    private final SeatBudget budget;
    private final Errands errands;
    private final Rules rules;
    private final CouncilClock chain;
    private final Clock clock;

    SeatGiving(
            SeatRequests requests,
            SeatBudget budget,
            Errands errands,
            Rules rules,
            CouncilClock chain,
            Clock clock) {
        this.requests = requests;
        this.budget = budget;
        this.errands = errands;
        this.rules = rules;
        this.chain = chain;
        this.clock = clock;
    }

    /** In the joining's own transaction: whoever has joined will be given a seat. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    public void joined(MemberJoined joined) {
        requests.add(joined.member(), joined.account(), clock.instant());
    }

    /** Looks at the wishes that are due; one process at a time. */
    @Transactional
    public void round() {
        Optional<Rulebook> known = requests.any() ? rules.read() : Optional.empty();
        if (known.isEmpty() || !requests.lock()) {
            return;
        }
        Rulebook book = known.get();
        Map<String, Intent> sent = sent();
        Instant moment = chain.now();
        long underWay =
                sent.values().stream().map(Intent::state).filter(SeatGiving::unseen).count();
        long room = budget.left(book, moment) - underWay;
        Instant now = clock.instant();
        Instant later = now.plus(LOOK_AGAIN);
        for (Request request : requests.due(now, AT_ONCE)) {
            if (settle(request, sent.get(request.subject()), later)) {
                continue;
            }
            if (room > 0) {
                room--;
                send(request);
                requests.sent(request, later);
            } else {
                requests.postpone(request, earlier(book, moment, later));
            }
        }
    }

    private Map<String, Intent> sent() {
        return errands.findAll(KIND, requests.sent().stream().map(Request::subject).toList());
    }

    /** The mirror does not count it yet. */
    private static boolean unseen(IntentState state) {
        return state instanceof IntentState.Waiting || state instanceof IntentState.Sent;
    }

    /** Whether there is nothing to do for it now. */
    private boolean settle(Request request, @Nullable Intent sent, Instant later) {
        switch (sent == null ? null : sent.state()) {
            case null -> {
                return false;
            }
            case IntentState.Waiting _, IntentState.Sent _, IntentState.InBlock _ ->
                    requests.postpone(request, later);
            case IntentState.Final _, IntentState.Lost _ -> requests.settle(request.member());
            case IntentState.Failed failed -> {
                if (!FOR_GOOD.contains(failed.code())) {
                    return false;
                }
                requests.settle(request.member());
            }
        }
        return true;
    }

    private static Instant earlier(Rulebook book, Instant moment, Instant other) {
        Instant next = SeatBudget.nextPeriod(book, moment);
        return next.isBefore(other) ? next : other;
    }

    private void send(Request request) {
        errands.send(
                new Errands.Errand(KIND, request.subject(), request.member(), "/me/seat"),
                () -> new Call.Direct(ContractKind.SEATS, join(request.account())));
    }

    private static byte[] join(Address member) {
        return Bytes.parse(
                FunctionEncoder.encode(
                        new Function(
                                atelier.contracts.Seats.FUNC_JOIN,
                                List.of(new org.web3j.abi.datatypes.Address(member.toString())),
                                List.of())));
    }
}
