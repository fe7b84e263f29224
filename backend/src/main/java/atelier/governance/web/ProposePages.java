package atelier.governance.web;

import atelier.chain.Intent;
import atelier.governance.Council;
import atelier.governance.Foresight;
import atelier.governance.ProposedCall;
import atelier.governance.web.ProposalForm.Kind;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.rules.RuleForm;
import atelier.rules.Rules;
import atelier.web.Choice;
import atelier.web.CurrentMember;
import atelier.workshop.RecipeStatus;
import atelier.workshop.Workshop;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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

    /** A call as the confirmation hands it on. */
    record HiddenCall(String target, String data) {}

    private final Council council;
    private final ProposalForm form;
    private final RuleForm ruleForm;
    private final Foresight foresight;
    private final Rules rules;
    private final Workshop workshop;
    private final CurrentMember current;
    private final MessageSource messages;

    ProposePages(
            Council council,
            ProposalForm form,
            RuleForm ruleForm,
            Foresight foresight,
            Rules rules,
            Workshop workshop,
            CurrentMember current,
            MessageSource messages) {
        this.council = council;
        this.form = form;
        this.ruleForm = ruleForm;
        this.foresight = foresight;
        this.rules = rules;
        this.workshop = workshop;
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
            List<ProposedCall> calls = List.of(form.call(kind, fields));
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
            model.addAttribute("groups", ruleForm.groups(form.rules(fields)));
        }
        if (kind == Kind.RECIPE) {
            model.addAttribute("recipes", recipes());
        }
        return "governance/propose";
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
