package atelier.governance;

import atelier.kernel.BasisPoints;
import atelier.rules.Rule;
import atelier.rules.RuleWords;
import atelier.rules.Rulebook;
import atelier.rules.Rules;
import atelier.rules.WaysToChange;
import atelier.web.CurrentMember;
import atelier.web.Format;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Says who can change a rule at this stage, and what it takes. */
@Component
class RuleWays implements WaysToChange {

    private final Ratchet ratchet;
    private final Rules rules;
    private final RuleWords words;
    private final Format format;
    private final CurrentMember current;
    private final MessageSource messages;

    RuleWays(
            Ratchet ratchet,
            Rules rules,
            RuleWords words,
            Format format,
            CurrentMember current,
            MessageSource messages) {
        this.ratchet = ratchet;
        this.rules = rules;
        this.words = words;
        this.format = format;
        this.current = current;
        this.messages = messages;
    }

    @Override
    public List<Way> of(Rule rule) {
        List<Way> ways = new ArrayList<>();
        String waits = after(ratchet.delay());
        if (ratchet.operatorsPropose()) {
            boolean operator = current.is("ADMIN");
            ways.add(
                    new Way(
                            say("rules.way.operators", waits),
                            operator ? "/admin/rules" : null,
                            operator ? say("rules.way.operators.go") : null));
        }
        ways.add(
                ratchet.councilProposes()
                        ? new Way(vote(waits), "/council/new", say("rules.way.council.go"))
                        : new Way(say("rules.way.not-yet"), null, null));
        return ways;
    }

    private String vote(String waits) {
        Rulebook book = rules.current();
        return say(
                "rules.way.council",
                words.value(Rule.VOTING_DELAY, book.value(Rule.VOTING_DELAY)),
                words.value(Rule.VOTING_PERIOD, book.value(Rule.VOTING_PERIOD)),
                format.share(new BasisPoints(book.value(Rule.QUORUM).intValueExact())),
                waits);
    }

    private String after(Duration delay) {
        return delay.isZero()
                ? say("rules.way.at-once")
                : say("rules.way.after", words.duration(delay));
    }

    private String say(String key, Object... values) {
        return messages.getMessage(key, values, LocaleContextHolder.getLocale());
    }
}
