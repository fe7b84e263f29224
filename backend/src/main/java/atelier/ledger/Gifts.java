package atelier.ledger;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Uint;

/** Points that one member sends another. */
@Component
class Gifts {

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Intents intents;
    private final Holds holds;
    private final Members members;
    private final Clock clock;

    Gifts(Intents intents, Holds holds, Members members, Clock clock) {
        this.intents = intents;
        this.holds = holds;
        this.members = members;
        this.clock = clock;
    }

    /**
     * Asks the database a few times and the node not at all: what could keep a transfer from being
     * made, its balance, is known here, and the sender tries every call before it signs.
     */
    @Transactional
    public Intent give(MemberId from, MemberId to, TokenAmount amount, IdempotencyKey key) {
        check(from, to, amount);
        Map<MemberId, Member> both = members.find(List.of(from, to));
        Address sender = account(both, from);
        Intent intent =
                intents.submit(
                        new IntentRequest(
                                from,
                                "points.gift",
                                from + ":" + key.value(),
                                new Call.Forward(
                                        sender,
                                        ContractKind.POINTS,
                                        transfer(account(both, to), amount)),
                                key,
                                IntentRequest.hashOf("points.gift", to, amount.units()),
                                clock.instant().plus(PATIENCE),
                                "/me/points"));
        holds.hold(intent.id(), sender, amount);
        return intent;
    }

    private static void check(MemberId from, MemberId to, TokenAmount amount) {
        if (from.equals(to)) {
            throw Refused.invalid("points.gift-to-oneself");
        }
        if (amount.signum() <= 0) {
            throw Refused.invalid("points.not-positive", amount);
        }
    }

    private static Address account(Map<MemberId, Member> known, MemberId id) {
        Member member = known.get(id);
        if (member == null) {
            throw Refused.notFound("member.unknown");
        }
        return member.account();
    }

    private static byte[] transfer(Address to, TokenAmount amount) {
        Function transfer =
                new Function(
                        "transfer",
                        List.of(
                                new org.web3j.abi.datatypes.Address(to.toString()),
                                new Uint(amount.units())),
                        List.of());
        return Bytes.parse(FunctionEncoder.encode(transfer));
    }
}
