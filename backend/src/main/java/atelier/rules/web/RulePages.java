package atelier.rules.web;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import atelier.rules.Income;
import atelier.rules.Names;
import atelier.rules.Rule;
import atelier.rules.RuleChange;
import atelier.rules.RuleGroup;
import atelier.rules.RuleWords;
import atelier.rules.Rulebook;
import atelier.rules.Rules;
import atelier.rules.SalePreview;
import atelier.rules.WaysToChange;
import jakarta.annotation.security.PermitAll;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Every rule in a sentence, what it may become at most, and what it was. */
@Controller
class RulePages {

    private static final int HISTORY = 200;
    private static final TokenAmount EXAMPLE = TokenAmount.ofUnits(10_000);

    private final Rules rules;
    private final RuleWords words;
    private final Names names;
    private final SalePreview preview;
    private final Income income;
    private final WaysToChange ways;

    RulePages(
            Rules rules,
            RuleWords words,
            Names names,
            SalePreview preview,
            Income income,
            WaysToChange ways) {
        this.rules = rules;
        this.words = words;
        this.names = names;
        this.preview = preview;
        this.income = income;
        this.ways = ways;
    }

    @GetMapping("/rules")
    @PermitAll
    String rules(Model model) {
        model.addAttribute("known", rules.known());
        if (rules.known()) {
            fill(model, rules.current());
        }
        return "rules/rules";
    }

    @GetMapping("/rules/{key}")
    @PermitAll
    String rule(@PathVariable String key, Model model) {
        Rule rule = Named.rule(key);
        model.addAttribute("rule", RuleView.of(rule, rules.current().value(rule), words));
        model.addAttribute("unit", rule.unit().name().toLowerCase(Locale.ROOT));
        model.addAttribute("ways", ways.of(rule));
        model.addAttribute("history", shown(rules.history(rule, HISTORY)));
        return "rules/rule";
    }

    private void fill(Model model, Rulebook rulebook) {
        model.addAttribute("rulebook", rulebook);
        model.addAttribute("groups", groups(rulebook));
        model.addAttribute("first", preview.receipt(rulebook, EXAMPLE, true));
        model.addAttribute("resale", preview.receipt(rulebook, EXAMPLE, false));
        model.addAttribute("income", income.byLine());
        model.addAttribute("earned", income.total());
        model.addAttribute("history", shown(rules.history(HISTORY)));
    }

    private Map<String, List<RuleView>> groups(Rulebook rulebook) {
        Map<String, List<RuleView>> groups = new LinkedHashMap<>();
        for (RuleGroup group : RuleGroup.values()) {
            groups.put(
                    group.key(),
                    group.rules().stream()
                            .map(rule -> RuleView.of(rule, rulebook.value(rule), words))
                            .toList());
        }
        return groups;
    }

    private List<ChangeView> shown(List<RuleChange> changes) {
        Set<Address> accounts = changes.stream().map(RuleChange::by).collect(Collectors.toSet());
        Map<Address, String> known = names.of(accounts);
        return changes.stream().map(change -> ChangeView.of(change, words, known)).toList();
    }
}
