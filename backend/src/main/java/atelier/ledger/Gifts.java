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
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    @Transactional
    public Intent give(MemberId from, MemberId to, TokenAmount amount, IdempotencyKey key) {
        Hash32 asked = IntentRequest.hashOf("points.gift", to, amount.units());
        Optional<Intent> first = intents.replay(from, key, asked);
        if (first.isPresent()) {
            return first.get();
        }
        check(from, to, amount);
        Member sender = member(from);
        Member recipient = member(to);
        Call call =
                new Call.Forward(
                        sender.account(),
                        ContractKind.POINTS,
                        transfer(recipient.account(), amount));
        Intent intent =
                intents.submit(
                        new IntentRequest(
                                from,
                                "points.gift",
                                from + ":" + key.value(),
                                call,
                                key,
                                asked,
                                clock.instant().plus(PATIENCE),
                                "/me/points"));
        holds.hold(intent.id(), sender.account(), amount);
        intents.simulate(call);
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

    private Member member(MemberId id) {
        return members.find(id).orElseThrow(() -> Refused.notFound("member.unknown"));
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
