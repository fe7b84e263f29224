package atelier.rules.web;

import atelier.chain.BlockName;
import atelier.chain.Mirror;
import atelier.rules.Rule;
import atelier.rules.RuleChange;
import atelier.rules.RuleWords;
import atelier.rules.Rulebook;
import atelier.rules.Rules;
import atelier.rules.WaysToChange;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.annotation.security.PermitAll;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The rules for programs: every number in its own unit, as text, so that no reader rounds it. */
@RestController
class RulesApi {

    private static final int MOST = 500;

    /** All rules, as of their last change. */
    record RulebookView(long version, long block, List<RuleNumber> rules) {}

    /**
     * One rule; its unit is {@code share} (basis points), {@code points}, {@code seconds}, {@code
     * count} or {@code mode}.
     */
    record RuleNumber(int id, String rule, String unit, String value, String min, String max) {}

    /** One change, with where it stands on the chain. */
    record ChangeNumber(
            long version,
            String rule,
            String before,
            String current,
            long block,
            String by,
            String tx,
            Instant at) {}

    /** All rules as they were in force at a past block. */
    record RulebookThen(BlockName asOf, long version, long block, List<RuleNumber> rules) {}

    /** All numbers in the order of the contract's ids. */
    record RulesProof(long version, long block, List<String> values) {}

    /** One rule in numbers and in words, with every change of it, the newest first. */
    record RuleAlone(
            RuleNumber number,
            String name,
            String says,
            List<String> ways,
            List<ChangeNumber> history) {}

    private final Rules rules;
    private final RuleWords words;
    private final WaysToChange ways;
    private final Mirror mirror;

    RulesApi(Rules rules, RuleWords words, WaysToChange ways, Mirror mirror) {
        this.rules = rules;
        this.words = words;
        this.ways = ways;
        this.mirror = mirror;
    }

    @GetMapping("/api/v1/rules")
    @PermitAll
    RulebookView rules() {
        Rulebook rulebook = rules.current();
        return new RulebookView(
                rulebook.version(),
                rulebook.block(),
                Arrays.stream(Rule.values()).map(rule -> number(rulebook, rule)).toList());
    }

    @GetMapping(value = "/api/v1/rules", params = "block")
    @PermitAll
    @Operation(summary = "The rules in force at a past block")
    RulebookThen rulesThen(@RequestParam("block") String height) {
        Mirror.Block asked = mirror.asked(height);
        Rulebook rulebook = rules.at(asked.number());
        return new RulebookThen(
                asked.name(),
                rulebook.version(),
                rulebook.block(),
                Arrays.stream(Rule.values()).map(rule -> number(rulebook, rule)).toList());
    }

    @GetMapping("/api/v1/rules/{rule}")
    @PermitAll
    @Operation(
            summary = "One rule, what it was, and how it can be changed",
            description = "Ways to change it are sentences in the language that is asked for.")
    RuleAlone rule(@PathVariable("rule") String key) {
        Rule rule = Named.rule(key);
        return new RuleAlone(
                number(rules.current(), rule),
                words.name(rule),
                words.says(rule, rules.current().value(rule)),
                ways.of(rule).stream().map(WaysToChange.Way::says).toList(),
                rules.history(rule, MOST).stream().map(RulesApi::change).toList());
    }

    @GetMapping("/api/v1/rules/history")
    @PermitAll
    List<ChangeNumber> history(
            @RequestParam(required = false) @Nullable String rule,
            @RequestParam(defaultValue = "100") int limit) {
        int most = Math.clamp(limit, 1, MOST);
        List<RuleChange> changes =
                rule == null ? rules.history(most) : rules.history(Named.rule(rule), most);
        return changes.stream().map(RulesApi::change).toList();
    }

    @GetMapping("/api/v1/proof/rules")
    @PermitAll
    RulesProof proof(@RequestParam(name = "block", required = false) @Nullable String height) {
        Rulebook rulebook =
                height == null ? rules.current() : rules.at(mirror.asked(height).number());
        return new RulesProof(
                rulebook.version(),
                rulebook.block(),
                rulebook.inOrder().stream().map(BigInteger::toString).toList());
    }

    private static RuleNumber number(Rulebook rulebook, Rule rule) {
        return new RuleNumber(
                rule.id(),
                rule.key(),
                rule.unit().name().toLowerCase(Locale.ROOT),
                rulebook.value(rule).toString(),
                rule.bounds().min().toString(),
                rule.bounds().max().toString());
    }

    private static ChangeNumber change(RuleChange change) {
        return new ChangeNumber(
                change.version(),
                change.rule().key(),
                change.before().toString(),
                change.current().toString(),
                change.effectiveBlock(),
                change.by().toString(),
                change.transaction().toString(),
                change.at());
    }
}
