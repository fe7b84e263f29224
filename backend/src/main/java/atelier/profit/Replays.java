package atelier.profit;

import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import atelier.rules.Rule;
import atelier.rules.Rules;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** The door to what other rules would have meant: proposals are tried on the last epochs. */
@Service
public class Replays {

    /** How many epochs back. */
    public static final int EPOCHS = 3;

    /** What was asked: a change of rules, and the statements that were there, by their hashes. */
    private record Question(Map<Integer, BigInteger> changes, List<Hash32> statements) {}

    private final AtHand<Question, Replay> answers = new AtHand<>(3);
    private final MirroredFacts facts;
    private final KeptStatements kept;
    private final Rules rules;

    Replays(MirroredFacts facts, KeptStatements kept, Rules rules) {
        this.facts = facts;
        this.kept = kept;
        this.rules = rules;
    }

    /** Whether a rule decides how profit is shared. */
    public static boolean matters(Rule rule) {
        return ProfitRules.USED.contains(rule.id());
    }

    /**
     * Replays a change of rules over the last closed epochs; rules that no statement uses change
     * nothing.
     *
     * @throws Refused {@code replay.no-epoch} if none is closed yet, or what is wrong with a value
     */
    public Replay of(Map<Rule, BigInteger> changes) {
        rules.check(changes).values().stream()
                .findFirst()
                .ifPresent(problem -> {
                    throw problem;
                });
        return facts.read(reading -> replay(byNumber(changes), reading))
                .orElseThrow(() -> Refused.unavailable("chain.deploying"));
    }

    private Replay replay(Map<Integer, BigInteger> changes, MirroredFacts.Reading reading) {
        List<KeptStatement> last = kept.last(EPOCHS);
        if (last.isEmpty()) {
            throw Refused.conflict("replay.no-epoch");
        }
        Question question =
                new Question(changes, last.stream().map(KeptStatement::digest).toList());
        return answers.get(
                question,
                () ->
                        replay(
                                changes,
                                last.stream().map(one -> one.head().epoch()).toList(),
                                reading));
    }

    private Replay replay(
            Map<Integer, BigInteger> changes, List<Epoch> epochs, MirroredFacts.Reading reading) {
        Outline outline = reading.outline();
        Opening opening = kept.moneyFor(epochs.getFirst(), outline);
        return reading.during(
                epochs, during -> Replay.of(outline, opening, epochs, during, changes));
    }

    private static Map<Integer, BigInteger> byNumber(Map<Rule, BigInteger> changes) {
        return changes.entrySet().stream()
                .filter(change -> matters(change.getKey()))
                .collect(Collectors.toMap(change -> change.getKey().id(), Map.Entry::getValue));
    }
}
