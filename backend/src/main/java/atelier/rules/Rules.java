package atelier.rules;

import atelier.kernel.Refused;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The rules: what they say, what they said, and how an admin changes them. */
@Component
public class Rules {

    private final RuleChanges changes;

    Rules(RuleChanges changes) {
        this.changes = changes;
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

    /** Whether the mirror holds the rules: true soon after the contracts are deployed. */
    public boolean known() {
        return changes.asOf(Long.MAX_VALUE).isPresent();
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
}
