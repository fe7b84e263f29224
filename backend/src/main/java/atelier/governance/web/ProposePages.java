package atelier.governance.web;

import atelier.chain.Intent;
import atelier.governance.Council;
import atelier.governance.Drafting;
import atelier.governance.Foresight;
import atelier.governance.ProposedCall;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.rules.Rule;
import atelier.rules.RuleForm;
import atelier.rules.Rules;
import atelier.rules.WrittenRules;
import atelier.web.Choice;
import atelier.web.CurrentMember;
import atelier.workshop.RecipeStatus;
import atelier.workshop.RecipeView;
import atelier.workshop.Workshop;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Proposing in two steps: say what, see what it does and whether it would pass, then propose. */
@Controller
@RolesAllowed("MEMBER")
class ProposePages {

    /** What the form can propose. */
    enum Kind {
        RULES,
        RECIPE,
        SPEND,
        NOTE,
        SEAT,
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

    /** A call as the confirmation hands it on. */
    record HiddenCall(String target, String data) {}

    private static final int LEAST_MATCHES = 2;

    private final Council council;
    private final Drafting drafting;
    private final Rules rules;
    private final RuleForm ruleForm;
    private final Foresight foresight;
    private final Workshop workshop;
    private final Members members;
    private final CurrentMember current;
    private final MessageSource messages;

    ProposePages(
            Council council,
            Drafting drafting,
            Rules rules,
            RuleForm ruleForm,
            Foresight foresight,
            Workshop workshop,
            Members members,
            CurrentMember current,
            MessageSource messages) {
        this.council = council;
        this.drafting = drafting;
        this.rules = rules;
        this.ruleForm = ruleForm;
        this.foresight = foresight;
        this.workshop = workshop;
        this.members = members;
        this.current = current;
        this.messages = messages;
    }

    @GetMapping("/council/new")
    String form(@RequestParam(defaultValue = "rules") String kind, Model model) {
        return form(Kind.ofKey(kind), Map.of(), model);
    }

    @PostMapping("/council/new")
    String check(
            @RequestParam Map<String, String> fields, Model model, HttpServletResponse response) {
        Kind kind = Kind.ofKey(fields.getOrDefault("kind", ""));
        try {
            List<ProposedCall> calls = List.of(call(kind, fields));
            council.check(calls);
            return confirm(calls, fields.getOrDefault("reason", ""), model);
        } catch (Refused refused) {
            FormAnswers.show(refused, model, response);
            return form(kind, fields, model);
        }
    }

    @PostMapping("/council/propose")
    String propose(
            @RequestParam List<String> target,
            @RequestParam List<String> data,
            @RequestParam(defaultValue = "") String reason,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        List<ProposedCall> calls = calls(target, data);
        try {
            Intent intent = council.propose(current.require(), calls, reason, key).intent();
            return "redirect:/intents/" + intent.id();
        } catch (Refused refused) {
            FormAnswers.show(refused, model, response);
            return confirm(calls, reason, model);
        }
    }

    private static List<ProposedCall> calls(List<String> targets, List<String> datas) {
        if (targets.size() != datas.size() || targets.size() > Council.MOST_CALLS) {
            throw Refused.invalid("proposal.call");
        }
        List<ProposedCall> calls = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            calls.add(ProposalPaths.call(targets.get(i), datas.get(i)));
        }
        return calls;
    }

    private String confirm(List<ProposedCall> calls, String reason, Model model) {
        model.addAttribute("sentences", council.sentences(calls));
        model.addAttribute("trial", TrialView.of(council.trial(calls)));
        model.addAttribute("replay", foresight.of(council.rulesSet(calls)).orElse(null));
        model.addAttribute("reason", reason);
        model.addAttribute(
                "calls",
                calls.stream()
                        .map(call -> new HiddenCall(call.target().toString(), call.hex()))
                        .toList());
        return "governance/propose-confirm";
    }

    private String form(Kind kind, Map<String, String> fields, Model model) {
        model.addAttribute("kind", kind.key());
        model.addAttribute("kinds", Arrays.stream(Kind.values()).map(Kind::key).toList());
        model.addAttribute("fields", fields);
        model.addAttribute("known", rules.known());
        if (kind == Kind.RULES && rules.known()) {
            model.addAttribute("groups", ruleForm.groups(written(fields)));
        }
        if (kind == Kind.RECIPE) {
            model.addAttribute("recipes", recipes());
        }
        return "governance/propose";
    }

    private ProposedCall call(Kind kind, Map<String, String> fields) {
        return switch (kind) {
            case RULES -> drafting.rules(changed(fields));
            case RECIPE -> recipe(fields);
            case SPEND ->
                    drafting.spend(
                            account(fields.get("to")),
                            amount(fields.get("amount")),
                            fields.getOrDefault("text", ""));
            case NOTE -> drafting.note(fields.getOrDefault("text", ""));
            case SEAT -> seat(fields);
            case RAISE -> drafting.raise();
        };
    }

    private SortedMap<Rule, BigInteger> changed(Map<String, String> fields) {
        WrittenRules written = written(fields);
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

    private WrittenRules written(Map<String, String> fields) {
        return ruleForm.read(List.of(Rule.values()), fields);
    }

    private ProposedCall recipe(Map<String, String> fields) {
        RecipeView recipe =
                workshop.recipe(recipeId(fields.get("recipe")))
                        .orElseThrow(() -> Refused.invalid("proposal.recipe"));
        return switch (recipe.status()) {
            case PROPOSED -> drafting.approve(recipe.id());
            case APPROVED -> drafting.retire(recipe.id());
            case RETIRED -> throw Refused.conflict("recipe.retired", recipe.title());
        };
    }

    private static RecipeId recipeId(@Nullable String text) {
        try {
            return new RecipeId(Long.parseLong(text == null ? "" : text));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("proposal.recipe");
        }
    }

    private ProposedCall seat(Map<String, String> fields) {
        if (fields.getOrDefault("deed", "").equals("pardon")) {
            return drafting.pardon(account(fields.get("to")));
        }
        String number = fields.getOrDefault("seat", "").strip();
        if (!number.matches("\\d{1,7}")) {
            throw Refused.invalid("proposal.seat");
        }
        return drafting.revoke(Long.parseLong(number), fields.getOrDefault("text", ""));
    }

    /** An account, or the one member of that name. */
    private Address account(@Nullable String text) {
        String wanted = text == null ? "" : text.strip();
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

    private static TokenAmount amount(@Nullable String text) {
        try {
            return TokenAmount.parsePoints(text == null ? "" : text.strip());
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("proposal.amount");
        }
    }

    private List<Choice> recipes() {
        return workshop.recipes().stream()
                .filter(recipe -> recipe.status() != RecipeStatus.RETIRED)
                .map(recipe ->
                        new Choice(
                                recipe.id().toString(),
                                messages.getMessage(
                                        "council.propose.recipe." + recipe.status().name(),
                                        new Object[] {recipe.title()},
                                        LocaleContextHolder.getLocale())))
                .toList();
    }
}
