package atelier.admin;

import atelier.chain.Intent;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.rules.Rule;
import atelier.rules.RuleForm;
import atelier.rules.RuleGroup;
import atelier.rules.RuleWords;
import atelier.rules.Rulebook;
import atelier.rules.Rules;
import atelier.rules.SalePreview;
import atelier.rules.WrittenRules;
import atelier.web.CurrentMember;
import jakarta.annotation.security.RolesAllowed;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
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

    /** One rule that would change. */
    record Change(String key, String name, String before, String after, String says) {}

    private final Rules rules;
    private final RuleForm form;
    private final RuleWords words;
    private final SalePreview preview;
    private final Members members;
    private final CurrentMember current;

    AdminRulePages(
            Rules rules,
            RuleForm form,
            RuleWords words,
            SalePreview preview,
            Members members,
            CurrentMember current) {
        this.rules = rules;
        this.form = form;
        this.words = words;
        this.preview = preview;
        this.members = members;
        this.current = current;
    }

    @GetMapping("/admin/rules")
    @RolesAllowed("ADMIN")
    String rules(Model model) {
        model.addAttribute("known", rules.known());
        if (rules.known()) {
            model.addAttribute("groups", form.groups(WrittenRules.NONE));
        }
        return "admin/rules";
    }

    @PostMapping("/admin/rules/{group}/preview")
    @RolesAllowed("ADMIN")
    String preview(
            @PathVariable String group, @RequestParam Map<String, String> texts, Model model) {
        RuleGroup asked = group(group);
        WrittenRules written = form.read(asked.rules(), texts);
        if (!written.sound()) {
            return again(written, model);
        }
        Rulebook before = rules.current();
        List<Change> changes = changes(before, written);
        return changes.isEmpty()
                ? again(written, model)
                : confirm(asked, before, written, changes, model);
    }

    @PostMapping("/admin/rules/{group}")
    @RolesAllowed("ADMIN")
    String set(
            @PathVariable String group,
            @RequestParam Map<String, String> texts,
            IdempotencyKey key,
            Model model) {
        WrittenRules written = form.read(group(group).rules(), texts);
        if (!written.sound()) {
            return again(written, model);
        }
        try {
            Member admin =
                    members.find(current.require())
                            .orElseThrow(() -> Refused.notFound("member.unknown"));
            Intent intent = rules.set(admin.id(), admin.account(), written.numbers(), key);
            return "redirect:/intents/" + intent.id();
        } catch (Refused refused) {
            model.addAttribute("refused", refused);
            return again(written, model);
        }
    }

    private String again(WrittenRules written, Model model) {
        model.addAttribute("known", true);
        model.addAttribute("unchanged", written.sound());
        model.addAttribute("groups", form.groups(written));
        return "admin/rules";
    }

    private String confirm(
            RuleGroup group,
            Rulebook before,
            WrittenRules written,
            List<Change> changes,
            Model model) {
        model.addAttribute("group", group.key());
        model.addAttribute("changes", changes);
        model.addAttribute("texts", written.texts());
        if (group == RuleGroup.SELLING) {
            Rulebook after = before.with(written.numbers());
            model.addAttribute("today", preview.receipt(before, EXAMPLE, false));
            model.addAttribute("then", preview.receipt(after, EXAMPLE, false));
        }
        return "admin/rules-confirm";
    }

    private List<Change> changes(Rulebook before, WrittenRules written) {
        return before.changes(written.numbers()).entrySet().stream()
                .map(change -> change(change.getKey(), before, change.getValue()))
                .toList();
    }

    private Change change(Rule rule, Rulebook before, BigInteger after) {
        return new Change(
                rule.key(),
                words.name(rule),
                words.value(rule, before.value(rule)),
                words.value(rule, after),
                words.says(rule, after));
    }

    private static RuleGroup group(String key) {
        try {
            return RuleGroup.ofKey(key);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("rules.unknown");
        }
    }
}
