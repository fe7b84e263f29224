package atelier.governance;

import atelier.chain.Contracts;
import atelier.governance.Sentence.Change;
import atelier.rules.Rule;
import atelier.rules.RuleWords;
import java.math.BigInteger;
import org.springframework.stereotype.Component;

/** Says what calls change in who may do what, and how soon. */
@Component
class PowerSentences {

    private final Phrases phrases;
    private final Ratchet ratchet;
    private final Contracts contracts;
    private final RuleWords ruleWords;

    PowerSentences(Phrases phrases, Ratchet ratchet, Contracts contracts, RuleWords ruleWords) {
        this.phrases = phrases;
        this.ratchet = ratchet;
        this.contracts = contracts;
        this.ruleWords = ruleWords;
    }

    Said raising(Deed.Known deed, Before before) {
        int stage =
                ratchet.reached().stream()
                        .filter(one -> one.block() <= before.block())
                        .mapToInt(Ratchet.Reached::stage)
                        .max()
                        .orElse(0);
        return phrases.changing(
                deed,
                new Change(
                        phrases.words("council.says.stage"),
                        phrases.words("council.stage." + stage),
                        phrases.words("council.stage." + Math.min(stage + 1, Ratchet.LAST_STAGE))),
                phrases.words("council.stage." + Math.min(stage + 1, Ratchet.LAST_STAGE)));
    }

    Said assigning(Deed.Known deed) {
        long role = deed.number(2).min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
        String to =
                role == 1 || role == 2
                        ? phrases.words("council.role." + role)
                        : phrases.words("council.role.other", deed.number(2).toString());
        String functions = String.join(", ", deed.list(1).stream().map(Object::toString).toList());
        return phrases.plain(deed, phrases.contract(deed.address(0)), functions, to);
    }

    Said delay(Deed.Known deed, Before before) {
        String after = duration(deed.number(0));
        return phrases.changing(
                deed,
                new Change(
                        phrases.words("council.says.delay"),
                        before.known(() -> ruleWords.duration(ratchet.delay())),
                        after),
                after);
    }

    Said policy(Deed.Known deed, Before before) {
        String after = policy(deed.number(0));
        return phrases.changing(
                deed,
                new Change(
                        phrases.words("council.says.policy"),
                        before.known(() -> phrases.ask(contracts.points().policy(), this::policy)),
                        after),
                after);
    }

    private String policy(BigInteger policy) {
        return policy.compareTo(BigInteger.TWO) <= 0
                ? phrases.words("council.policy." + policy)
                : policy.toString();
    }

    private String duration(BigInteger seconds) {
        return seconds.bitLength() < Long.SIZE
                ? ruleWords.value(Rule.VOTING_DELAY, seconds)
                : seconds.toString();
    }
}
