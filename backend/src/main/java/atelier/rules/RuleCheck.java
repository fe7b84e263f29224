package atelier.rules;

import atelier.kernel.BasisPoints;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;

/** Says before anything is sent what the RuleBook contract would say: bounds, and splits whole. */
final class RuleCheck {

    private static final BigInteger WHOLE = BigInteger.valueOf(BasisPoints.WHOLE);

    private RuleCheck() {}

    static Map<Rule, Refused> problems(Rulebook current, Map<Rule, BigInteger> wished) {
        Map<Rule, Refused> problems = new EnumMap<>(Rule.class);
        wished.forEach((rule, value) -> {
            if (!rule.bounds().contain(value)) {
                problems.put(rule, outOfBounds(rule, value));
            }
        });
        if (problems.isEmpty()) {
            checkRecipeFeeSplit(current.with(wished), problems);
        }
        return problems;
    }

    private static Refused outOfBounds(Rule rule, BigInteger value) {
        return Refused.invalid(
                "rules.out-of-bounds", rule.key(), value, rule.bounds().min(), rule.bounds().max());
    }

    private static void checkRecipeFeeSplit(Rulebook wished, Map<Rule, Refused> problems) {
        BigInteger sum =
                wished.value(Rule.RECIPE_FEE_AUTHOR_SHARE)
                        .add(wished.value(Rule.RECIPE_FEE_TREASURY_SHARE));
        if (!sum.equals(WHOLE)) {
            Refused notWhole = Refused.invalid("rules.split-not-whole", sum);
            problems.put(Rule.RECIPE_FEE_AUTHOR_SHARE, notWhole);
            problems.put(Rule.RECIPE_FEE_TREASURY_SHARE, notWhole);
        }
    }
}
