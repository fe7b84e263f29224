package atelier.admin;

import atelier.chain.Intent;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.rules.Rule;
import atelier.rules.RuleGroup;
import atelier.rules.RuleWords;
import atelier.rules.Rulebook;
import atelier.rules.Rules;
import atelier.rules.SalePreview;
import atelier.rules.TradeMode;
import atelier.web.Choice;
import atelier.web.CurrentMember;
import atelier.web.Format;
import jakarta.annotation.security.RolesAllowed;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Rules changed in two steps: write new numbers, see what they mean, then confirm. */
@Controller
class AdminRulePages {

    private static final TokenAmount EXAMPLE = TokenAmount.ofUnits(10_000);

    /** One group as a form. */
    record Card(String key, List<Field> fields) {}

    /** One rule as a field of it; the problem is null while there is none. */
    record Field(
            String key,
            String name,
            String says,
            String kind,
            String text,
            String unit,
            String min,
            String max,
            @Nullable String problem) {}

    /** One rule that would change. */
    record Change(String key, String name, String before, String after, String says) {}

    private final Rules rules;
    private final RuleWords words;
    private final SalePreview preview;
    private final Members members;
    private final CurrentMember current;
    private final Format format;

    AdminRulePages(
            Rules rules,
            RuleWords words,
            SalePreview preview,
            Members members,
            CurrentMember current,
            Format format) {
        this.rules = rules;
        this.words = words;
        this.preview = preview;
        this.members = members;
        this.current = current;
        this.format = format;
    }

    @GetMapping("/admin/rules")
    @RolesAllowed("ADMIN")
    String rules(Model model) {
        model.addAttribute("known", rules.known());
        if (rules.known()) {
            show(rules.current(), null, model);
        }
        return "admin/rules";
    }

    @PostMapping("/admin/rules/{group}/preview")
    @RolesAllowed("ADMIN")
    String preview(
            @PathVariable String group, @RequestParam Map<String, String> texts, Model model) {
        Rulebook before = rules.current();
        WishedRules wished = checked(group(group), texts);
        if (!wished.problems().isEmpty()) {
            return again(before, wished, model);
        }
        List<Change> changes = changes(before, wished.values());
        return changes.isEmpty()
                ? again(before, wished, model)
                : confirm(before, wished, changes, model);
    }

    @PostMapping("/admin/rules/{group}")
    @RolesAllowed("ADMIN")
    String set(
            @PathVariable String group,
            @RequestParam Map<String, String> texts,
            IdempotencyKey key,
            Model model) {
        Rulebook before = rules.current();
        WishedRules wished = checked(group(group), texts);
        if (!wished.problems().isEmpty()) {
            return again(before, wished, model);
        }
        try {
            Member admin =
                    members.find(current.require())
                            .orElseThrow(() -> Refused.notFound("member.unknown"));
            Intent intent = rules.set(admin.id(), admin.account(), wished.values(), key);
            return "redirect:/intents/" + intent.id();
        } catch (Refused refused) {
            model.addAttribute("refused", refused);
            return again(before, wished, model);
        }
    }

    private WishedRules checked(RuleGroup group, Map<String, String> texts) {
        WishedRules read = WishedRules.read(group, texts, words);
        if (!read.problems().isEmpty()) {
            return read;
        }
        return new WishedRules(group, texts, read.values(), rules.check(read.values()));
    }

    private String again(Rulebook before, WishedRules wished, Model model) {
        model.addAttribute("known", true);
        model.addAttribute("unchanged", wished.problems().isEmpty());
        show(before, wished, model);
        return "admin/rules";
    }

    private String confirm(Rulebook before, WishedRules wished, List<Change> changes, Model model) {
        model.addAttribute("group", wished.group().key());
        model.addAttribute("changes", changes);
        model.addAttribute("texts", own(wished));
        if (wished.group() == RuleGroup.SELLING) {
            Rulebook after = before.with(wished.values());
            model.addAttribute("today", preview.receipt(before, EXAMPLE, false));
            model.addAttribute("then", preview.receipt(after, EXAMPLE, false));
        }
        return "admin/rules-confirm";
    }

    /** Only the fields of the form itself go on to the confirmation. */
    private static Map<String, String> own(WishedRules wished) {
        Map<String, String> own = new LinkedHashMap<>();
        for (Rule rule : wished.group().rules()) {
            for (String field : List.of("value-" + rule.key(), "unit-" + rule.key())) {
                String text = wished.texts().get(field);
                if (text != null) {
                    own.put(field, text);
                }
            }
        }
        return own;
    }

    private List<Change> changes(Rulebook before, Map<Rule, BigInteger> wished) {
        List<Change> changes = new ArrayList<>();
        wished.forEach((rule, value) -> {
            if (!before.value(rule).equals(value)) {
                changes.add(change(rule, before.value(rule), value));
            }
        });
        return changes;
    }

    private Change change(Rule rule, BigInteger before, BigInteger after) {
        return new Change(
                rule.key(),
                words.name(rule),
                words.value(rule, before),
                words.value(rule, after),
                words.says(rule, after));
    }

    private void show(Rulebook rulebook, @Nullable WishedRules wished, Model model) {
        model.addAttribute("version", rulebook.version());
        model.addAttribute(
                "cards",
                Arrays.stream(RuleGroup.values())
                        .map(group -> card(group, rulebook, wished))
                        .toList());
        model.addAttribute(
                "modes",
                Arrays.stream(TradeMode.values())
                        .map(mode ->
                                new Choice(
                                        String.valueOf(mode.number()),
                                        words.value(
                                                Rule.TRADE_MODE,
                                                BigInteger.valueOf(mode.number()))))
                        .toList());
        model.addAttribute(
                "units",
                Arrays.stream(RuleWords.TimeUnit.values()).map(RuleWords.TimeUnit::key).toList());
    }

    private Card card(RuleGroup group, Rulebook rulebook, @Nullable WishedRules wished) {
        WishedRules own = wished != null && wished.group() == group ? wished : null;
        return new Card(
                group.key(),
                group.rules().stream()
                        .map(rule -> field(rule, rulebook.value(rule), own))
                        .toList());
    }

    private Field field(Rule rule, BigInteger value, @Nullable WishedRules wished) {
        String text = wished == null ? null : wished.text(rule);
        String unit = wished == null ? null : wished.unit(rule);
        Refused problem = wished == null ? null : wished.problems().get(rule);
        return new Field(
                rule.key(),
                words.name(rule),
                words.says(rule, value),
                rule.unit().name(),
                text == null ? words.input(rule, value) : text,
                unit == null ? words.inputUnit(rule, value) : unit,
                words.value(rule, rule.bounds().min()),
                words.value(rule, rule.bounds().max()),
                problem == null ? null : sentence(rule, problem));
    }

    private String sentence(Rule rule, Refused problem) {
        return problem.code().equals("rules.out-of-bounds")
                ? words.within(rule)
                : format.title(problem);
    }

    private static RuleGroup group(String key) {
        try {
            return RuleGroup.ofKey(key);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("rules.unknown");
        }
    }
}
