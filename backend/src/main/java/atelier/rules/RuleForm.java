package atelier.rules;

import atelier.kernel.Refused;
import atelier.web.Choice;
import atelier.web.Format;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The rules as a form, whoever fills it in: a field for each, and what was written into it read
 * back. The template {@code rules/fields} draws it.
 */
@Component("ruleForm")
public class RuleForm {

    /** Rules that stand together; touched where another number was written, or none. */
    public record Group(String key, boolean touched, List<Field> fields) {}

    /**
     * One rule as a field.
     *
     * @param says what the number in force means
     * @param text what stands in the field: what was written, or the number in force
     * @param unit the unit that the text is in, for durations
     * @param problem what is wrong with the text; null while nothing is
     */
    public record Field(
            String key,
            String name,
            String says,
            String kind,
            String text,
            String unit,
            String min,
            String max,
            @Nullable String problem) {}

    private final Rules rules;
    private final RuleWords words;
    private final Format format;

    RuleForm(Rules rules, RuleWords words, Format format) {
        this.rules = rules;
        this.words = words;
        this.format = format;
    }

    /** Every group with its fields. */
    public List<Group> groups(WrittenRules written) {
        Rulebook now = rules.current();
        return Arrays.stream(RuleGroup.values()).map(group -> group(group, now, written)).toList();
    }

    /** What a work's trade mode can be. */
    public List<Choice> modes() {
        return Arrays.stream(TradeMode.values())
                .map(mode -> BigInteger.valueOf(mode.number()))
                .map(mode -> new Choice(mode.toString(), words.value(Rule.TRADE_MODE, mode)))
                .toList();
    }

    /** What durations can be written in. */
    public List<String> units() {
        return Arrays.stream(RuleWords.TimeUnit.values()).map(RuleWords.TimeUnit::key).toList();
    }

    /** Reads what was written for these rules; a rule whose field is empty stays as it is. */
    public WrittenRules read(Collection<Rule> asked, Map<String, String> form) {
        Map<String, String> texts = new HashMap<>();
        SortedMap<Rule, BigInteger> numbers = new TreeMap<>();
        SortedMap<Rule, Refused> problems = new TreeMap<>();
        for (Rule rule : asked) {
            String text = form.getOrDefault(WrittenRules.valueField(rule), "");
            String unit = form.getOrDefault(WrittenRules.unitField(rule), "");
            if (text.isBlank()) {
                continue;
            }
            texts.put(WrittenRules.valueField(rule), text);
            if (!unit.isEmpty()) {
                texts.put(WrittenRules.unitField(rule), unit);
            }
            try {
                numbers.put(rule, words.read(rule, text, unit));
            } catch (Refused refused) {
                problems.put(rule, refused);
            }
        }
        if (problems.isEmpty()) {
            problems.putAll(rules.check(numbers));
        }
        return new WrittenRules(texts, numbers, problems);
    }

    private Group group(RuleGroup group, Rulebook now, WrittenRules written) {
        Collection<Rule> changed = now.changes(written.numbers()).keySet();
        return new Group(
                group.key(),
                group.rules().stream()
                        .anyMatch(rule ->
                                changed.contains(rule) || written.problems().containsKey(rule)),
                group.rules().stream().map(rule -> field(rule, now.value(rule), written)).toList());
    }

    private Field field(Rule rule, BigInteger value, WrittenRules written) {
        String text = written.text(rule);
        String unit = written.unit(rule);
        Refused problem = written.problems().get(rule);
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
}
