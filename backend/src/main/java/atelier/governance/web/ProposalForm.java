package atelier.governance.web;

import atelier.governance.Drafting;
import atelier.governance.ProposedCall;
import atelier.governance.Seat;
import atelier.governance.Seats;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.rules.Rule;
import atelier.rules.RuleForm;
import atelier.rules.Rules;
import atelier.rules.WrittenRules;
import atelier.workshop.RecipeView;
import atelier.workshop.Workshop;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Reads what somebody wrote into the form of a proposal as the call that it means. */
@Component
class ProposalForm {

    /** What the form can propose. */
    enum Kind {
        RULES,
        RECIPE,
        SPEND,
        NOTE,
        SEAT,
        STATEMENT,
        RAISE;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind ofKey(String key) {
            return Arrays.stream(values())
                    .filter(kind -> kind.key().equals(key))
                    .findFirst()
                    .orElse(RULES);
        }
    }

    private static final int LEAST_MATCHES = 2;
    private static final Pattern SEAT_NUMBER = Pattern.compile("\\d{1,7}");

    private final Drafting drafting;
    private final RuleForm ruleForm;
    private final Rules rules;
    private final Workshop workshop;
    private final Members members;
    private final Seats seats;

    ProposalForm(
            Drafting drafting,
            RuleForm ruleForm,
            Rules rules,
            Workshop workshop,
            Members members,
            Seats seats) {
        this.drafting = drafting;
        this.ruleForm = ruleForm;
        this.rules = rules;
        this.workshop = workshop;
        this.members = members;
        this.seats = seats;
    }

    /**
     * The call that the fields mean.
     *
     * @throws Refused for what they do not say, or say of nobody and nothing here
     */
    ProposedCall call(Kind kind, Map<String, String> fields) {
        return switch (kind) {
            case RULES -> drafting.rules(changed(fields));
            case RECIPE -> recipe(said(fields, "recipe"));
            case SPEND ->
                    drafting.spend(
                            account(said(fields, "to")),
                            amount(said(fields, "amount")),
                            said(fields, "text"));
            case NOTE -> drafting.note(said(fields, "text"));
            case SEAT -> seat(fields);
            case STATEMENT ->
                    fields.getOrDefault("deed", "").equals("cancel")
                            ? drafting.cancelStatement()
                            : drafting.releaseStatement();
            case RAISE -> drafting.raise();
        };
    }

    /** What stands in the fields of the rules. */
    WrittenRules rules(Map<String, String> fields) {
        return ruleForm.read(List.of(Rule.values()), fields);
    }

    private SortedMap<Rule, BigInteger> changed(Map<String, String> fields) {
        WrittenRules written = rules(fields);
        written.problems().values().stream()
                .findFirst()
                .ifPresent(problem -> {
                    throw problem;
                });
        SortedMap<Rule, BigInteger> changed = rules.current().changes(written.numbers());
        if (changed.isEmpty()) {
            throw Refused.invalid("rules.nothing-new");
        }
        return changed;
    }

    private ProposedCall recipe(String number) {
        RecipeView recipe =
                workshop.recipe(recipeId(number))
                        .orElseThrow(() -> Refused.invalid("proposal.recipe"));
        return switch (recipe.status()) {
            case PROPOSED -> drafting.approve(recipe.id());
            case APPROVED -> drafting.retire(recipe.id());
            case RETIRED -> throw Refused.conflict("recipe.retired", recipe.title());
        };
    }

    private static RecipeId recipeId(String text) {
        try {
            return new RecipeId(Long.parseLong(text));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("proposal.recipe");
        }
    }

    private ProposedCall seat(Map<String, String> fields) {
        String who = said(fields, "who");
        return switch (said(fields, "deed")) {
            case "pardon" -> drafting.pardon(account(who));
            case "recover" -> drafting.recover(seatOf(who).number(), account(said(fields, "to")));
            default -> drafting.revoke(seatOf(who).number(), said(fields, "text"));
        };
    }

    /** A seat by its number, or whoever's it is. */
    private Seat seatOf(String who) {
        return (SEAT_NUMBER.matcher(who).matches()
                        ? seats.numbered(Long.parseLong(who))
                        : seats.of(account(who)))
                .orElseThrow(() -> Refused.invalid("proposal.seat"));
    }

    /** An account, or the one member of that name. */
    private Address account(String wanted) {
        if (wanted.startsWith("0x")) {
            return ProposalPaths.account(wanted);
        }
        List<Member> found =
                members.search(wanted, 100).stream()
                        .filter(member -> member.name().equals(wanted))
                        .toList();
        if (found.size() >= LEAST_MATCHES) {
            throw Refused.invalid("proposal.ambiguous", wanted);
        }
        if (wanted.isEmpty() || found.isEmpty()) {
            throw Refused.invalid("proposal.account");
        }
        return found.getFirst().account();
    }

    private static TokenAmount amount(String text) {
        try {
            return TokenAmount.parsePoints(text);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("proposal.amount");
        }
    }

    private static String said(Map<String, String> fields, String field) {
        return fields.getOrDefault(field, "").strip();
    }
}
