package atelier.profit.web;

import atelier.kernel.Refused;
import atelier.rules.Rule;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Wished rules as they stand in an address: {@code weight-creator:3000}, each in its own unit. */
final class Changes {

    /** What the RuleBook's numbers have at most. */
    private static final int MOST_DIGITS = 39;

    private Changes() {}

    static Map<Rule, BigInteger> read(List<String> changes) {
        Map<Rule, BigInteger> wished = new EnumMap<>(Rule.class);
        for (String change : changes) {
            int colon = change.indexOf(':');
            if (colon < 0) {
                throw Refused.invalid("replay.malformed");
            }
            wished.put(rule(change.substring(0, colon)), value(change.substring(colon + 1)));
        }
        if (wished.isEmpty()) {
            throw Refused.invalid("replay.malformed");
        }
        return wished;
    }

    /** The same back into an address. */
    static String query(Map<Rule, BigInteger> wished) {
        return wished.entrySet().stream()
                .map(change -> "change=" + change.getKey().key() + ":" + change.getValue())
                .collect(Collectors.joining("&"));
    }

    private static Rule rule(String key) {
        try {
            return Rule.ofKey(key);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("rules.unknown");
        }
    }

    private static BigInteger value(String digits) {
        if (digits.isEmpty()
                || digits.length() > MOST_DIGITS
                || !digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw Refused.invalid("replay.malformed");
        }
        return new BigInteger(digits);
    }
}
