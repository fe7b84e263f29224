package atelier.ledger;

import static java.util.function.Function.identity;

import atelier.chain.AbiCall;
import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Gathering;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.web3j.abi.datatypes.Uint;

/**
 * Points that one member sends another. Asks the database a few times and the node not at all: what
 * could keep a transfer from being made, its balance, is known here, and the sender tries every
 * call before it signs.
 */
@Component
class Gifts implements Gathering.Desk<Gifts.Gift> {

    private static final String KIND = "points.gift";
    private static final AbiCall.Function TRANSFER =
            AbiCall.Function.of("transfer(address,uint256)");
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** What a member wants to give. */
    record Gift(MemberId from, MemberId to, TokenAmount amount, IdempotencyKey key) {

        /** What tells it from every other. */
        String name() {
            return from + ":" + key.value();
        }
    }

    private final Intents intents;
    private final Holds holds;
    private final Members members;
    private final Clock clock;
    private final Gathering<Gift> gathering;

    Gifts(
            TransactionOperations transactions,
            Intents intents,
            Holds holds,
            Members members,
            Clock clock) {
        this.intents = intents;
        this.holds = holds;
        this.members = members;
        this.clock = clock;
        this.gathering = new Gathering<>(transactions, this);
    }

    Intent give(MemberId from, MemberId to, TokenAmount amount, IdempotencyKey key) {
        check(from, to, amount);
        return gathering.ask(new Gift(from, to, amount, key));
    }

    @Override
    public Intent alone(Gift gift) {
        return intents.replay(gift.from(), gift.key(), requestHash(gift))
                .orElseGet(() -> makeAlone(gift));
    }

    private Intent makeAlone(Gift gift) {
        Map<MemberId, Member> known = members.find(List.of(gift.from(), gift.to()));
        IntentRequest request = request(gift, known);
        holds.require(account(known, gift.from()), gift.amount());
        return intents.submit(request);
    }

    // Neither for a key nor for an account is anybody waited for.
    @Override
    public Map<Gift, Intent> together(List<Gift> asked) {
        Map<String, Gift> gifts = byName(asked);
        Map<MemberId, Member> known = members.find(everyone(gifts.values()));
        List<IntentRequest> claimed = intents.claim(requests(gifts.values(), known));
        return intents.submitNew(holds.coveredAtOnce(claimed)).stream()
                .collect(Collectors.toMap(one -> gifts.get(one.businessKey()), identity()));
    }

    private static Set<MemberId> everyone(Collection<Gift> gifts) {
        return gifts.stream()
                .flatMap(one -> Stream.of(one.from(), one.to()))
                .collect(Collectors.toSet());
    }

    private List<IntentRequest> requests(Collection<Gift> gifts, Map<MemberId, Member> known) {
        return gifts.stream()
                .filter(one -> known.containsKey(one.from()) && known.containsKey(one.to()))
                .map(one -> request(one, known))
                .toList();
    }

    /** Of several with one name the first; whether the others ask the same is seen alone. */
    private static Map<String, Gift> byName(List<Gift> gifts) {
        Map<String, Gift> byName = new LinkedHashMap<>();
        gifts.forEach(gift -> byName.putIfAbsent(gift.name(), gift));
        return byName;
    }

    private IntentRequest request(Gift gift, Map<MemberId, Member> known) {
        return new IntentRequest(
                gift.from(),
                KIND,
                gift.name(),
                new Call.Forward(
                        account(known, gift.from()),
                        ContractKind.POINTS,
                        transfer(account(known, gift.to()), gift.amount())),
                gift.key(),
                requestHash(gift),
                clock.instant().plus(PATIENCE),
                "/me/points",
                gift.amount());
    }

    private static Hash32 requestHash(Gift gift) {
        return IntentRequest.hashOf(KIND, gift.to(), gift.amount().units());
    }

    private static void check(MemberId from, MemberId to, TokenAmount amount) {
        if (from.equals(to)) {
            throw Refused.invalid("points.gift-to-oneself");
        }
        if (amount.signum() <= 0) {
            throw Refused.invalid("points.not-positive", amount);
        }
        if (amount.units().bitLength() > Uint.MAX_BIT_LENGTH) {
            throw Refused.invalid("amount.malformed");
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
        return TRANSFER.call().address(to).number(amount.units()).encoded();
    }
}
