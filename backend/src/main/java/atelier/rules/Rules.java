package atelier.rules;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rules: what they say, what they said, and how an admin changes them. */
@Component
public class Rules {

    private static final Duration PATIENCE = Duration.ofHours(1);

    private final RuleChanges changes;
    private final RuleRequests requests;
    private final Intents intents;
    private final Contracts contracts;
    private final Clock clock;

    Rules(
            RuleChanges changes,
            RuleRequests requests,
            Intents intents,
            Contracts contracts,
            Clock clock) {
        this.changes = changes;
        this.requests = requests;
        this.intents = intents;
        this.contracts = contracts;
        this.clock = clock;
    }

    /**
     * The rules in force at the mirrored block.
     *
     * @throws Refused {@code rules.unread} while the mirror does not hold them yet
     */
    public Rulebook current() {
        return at(Long.MAX_VALUE);
    }

    /**
     * The rules that were in force at a block.
     *
     * @throws Refused {@code rules.unread} if there were none, or the mirror does not hold them yet
     */
    public Rulebook at(long block) {
        return changes.asOf(block).orElseThrow(() -> Refused.unavailable("rules.unread"));
    }

    /** The rules in force, if the mirror holds them: it does soon after contracts are deployed. */
    public Optional<Rulebook> read() {
        return changes.asOf(Long.MAX_VALUE);
    }

    /** Whether the mirror holds the rules. */
    public boolean known() {
        return read().isPresent();
    }

    /** Changes of every rule, the newest first. */
    public List<RuleChange> history(int limit) {
        return changes.newest(Optional.empty(), limit);
    }

    /** Changes of one rule, the newest first. */
    public List<RuleChange> history(Rule rule, int limit) {
        return changes.newest(Optional.of(rule), limit);
    }

    /** What no vote can pass. */
    public Bounds bounds(Rule rule) {
        return rule.bounds();
    }

    /**
     * What is wrong with a wished change, rule by rule; empty if the contract would take it.
     *
     * @param wished new numbers in each rule's unit; rules not named stay as they are
     */
    public Map<Rule, Refused> check(Map<Rule, BigInteger> wished) {
        return RuleCheck.problems(current(), wished);
    }

    /**
     * Proposes other numbers to the timelock, all or none, signed by the admin; where it has no
     * delay the RuleBook says them at once.
     *
     * @param account the admin's, which needs the operator's role on chain
     * @param wished new numbers in each rule's unit; those that say nothing new are left out
     * @throws Refused {@code rules.out-of-bounds}, {@code rules.split-not-whole}, {@code
     *     rules.nothing-new}, or what the contract refuses with
     */
    @Transactional
    public Intent set(
            MemberId admin, Address account, Map<Rule, BigInteger> wished, IdempotencyKey key) {
        SortedMap<Rule, BigInteger> asked = new TreeMap<>(wished);
        Hash32 hash = IntentRequest.hashOf("rules.set", asked);
        Optional<Intent> first = intents.replay(admin, key, hash);
        if (first.isPresent()) {
            return first.get();
        }
        byte[] data = propose(changed(asked), IntentRequest.hashOf(admin, key.value()));
        Call call = new Call.Forward(account, ContractKind.RATCHET, data);
        intents.simulate(call);
        Intent intent =
                intents.submit(
                        new IntentRequest(
                                admin,
                                "rules.set",
                                admin + ":" + key.value(),
                                call,
                                key,
                                hash,
                                clock.instant().plus(PATIENCE),
                                "/rules"));
        requests.record(intent.id(), admin, asked);
        return intent;
    }

    private SortedMap<Rule, BigInteger> changed(SortedMap<Rule, BigInteger> asked) {
        Rulebook current = current();
        RuleCheck.problems(current, asked).values().stream()
                .findFirst()
                .ifPresent(problem -> {
                    throw problem;
                });
        SortedMap<Rule, BigInteger> changed = current.changes(asked);
        if (changed.isEmpty()) {
            throw Refused.invalid("rules.nothing-new");
        }
        return changed;
    }

    /** An operation with another salt is another operation, also where it says the same. */
    private byte[] propose(SortedMap<Rule, BigInteger> changed, Hash32 salt) {
        List<BigInteger> ids =
                changed.keySet().stream().map(rule -> BigInteger.valueOf(rule.id())).toList();
        String set =
                contracts.ruleBook().set(ids, List.copyOf(changed.values())).encodeFunctionCall();
        return Bytes.parse(
                contracts
                        .ratchet()
                        .schedule(
                                List.of(contracts.address(ContractKind.RULE_BOOK).toString()),
                                List.of(Bytes.parse(set)),
                                salt.bytes())
                        .encodeFunctionCall());
    }
}
