package atelier.ledger;

import static java.util.function.Function.identity;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.GroupCommit;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Uint;

/**
 * Points that one member sends another. Asks the database a few times and the node not at all: what
 * could keep a transfer from being made, its balance, is known here, and the sender tries every
 * call before it signs.
 */
@Component
class Gifts implements GroupCommit.Door<Gifts.Gift, Intent> {

    private static final Logger LOG = LoggerFactory.getLogger(Gifts.class);
    private static final String KIND = "points.gift";
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final int GROUPS = 2;
    private static final int GROUP_SIZE = 128;

    /** What a member wants to give. */
    record Gift(MemberId from, MemberId to, TokenAmount amount, IdempotencyKey key) {

        /** What tells it from every other. */
        String name() {
            return from + ":" + key.value();
        }
    }

    private final TransactionOperations transactions;
    private final Intents intents;
    private final Holds holds;
    private final Members members;
    private final Clock clock;
    private final GroupCommit<Gift, Intent> groups = new GroupCommit<>(this, GROUPS, GROUP_SIZE);

    Gifts(
            TransactionOperations transactions,
            Intents intents,
            Holds holds,
            Members members,
            Clock clock) {
        this.transactions = transactions;
        this.intents = intents;
        this.holds = holds;
        this.members = members;
        this.clock = clock;
    }

    /** Together with others who give at the same time, unless the caller has a transaction. */
    Intent give(MemberId from, MemberId to, TokenAmount amount, IdempotencyKey key) {
        check(from, to, amount);
        Gift gift = new Gift(from, to, amount, key);
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? alone(gift)
                : groups.ask(gift);
    }

    @Override
    public Intent alone(Gift gift) {
        return Objects.requireNonNull(
                transactions.execute(_ ->
                        intents.replay(gift.from(), gift.key(), requestHash(gift))
                                .orElseGet(() -> makeAlone(gift))));
    }

    private Intent makeAlone(Gift gift) {
        IntentRequest request = request(gift, members.find(List.of(gift.from(), gift.to())));
        holds.require(signer(request), gift.amount());
        return intents.submit(request);
    }

    /**
     * Makes those that are new, between members, and covered by an account that no other command
     * keeps locked.
     */
    @Override
    public List<Optional<Intent>> together(List<Gift> gifts) {
        try {
            Map<Gift, Intent> made =
                    Objects.requireNonNull(transactions.execute(_ -> make(byName(gifts))));
            return gifts.stream().map(gift -> Optional.ofNullable(made.get(gift))).toList();
        } catch (RuntimeException e) {
            LOG.debug("{} gifts are made one by one", gifts.size(), e);
            throw e;
        }
    }

    // Neither for a key nor for an account is anybody waited for.
    private Map<Gift, Intent> make(Map<String, Gift> gifts) {
        Map<MemberId, Member> known = members.find(everyone(gifts.values()));
        List<IntentRequest> claimed = intents.claim(requests(gifts.values(), known));
        List<IntentRequest> covered = holds.coveredAtOnce(claimed, Gifts::wish);
        return intents.submitNew(covered).stream()
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

    private static Holds.Wish wish(IntentRequest request) {
        return new Holds.Wish(signer(request), Objects.requireNonNull(request.held()));
    }

    private static Address signer(IntentRequest request) {
        return ((Call.Forward) request.call()).signer();
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
