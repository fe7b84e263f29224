package atelier.rules;

import atelier.kernel.BasisPoints;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.web.Format;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Writes a rule's number the way people say it, and reads what they write into a form. */
@Component("ruleWords")
public class RuleWords {

    /** What a duration is written in. */
    public enum TimeUnit {
        DAYS(86_400),
        HOURS(3_600),
        MINUTES(60),
        SECONDS(1);

        private final long seconds;

        TimeUnit(long seconds) {
            this.seconds = seconds;
        }

        /** Lower-case, as in forms and messages. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The largest unit that this many seconds are a whole number of; the largest comes first.
         */
        static TimeUnit of(BigInteger seconds) {
            return Arrays.stream(values())
                    .filter(unit -> seconds.mod(unit.length()).signum() == 0)
                    .findFirst()
                    .orElse(SECONDS);
        }

        private BigInteger length() {
            return BigInteger.valueOf(seconds);
        }
    }

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}([.]\\d{1,6})?");

    private final MessageSource messages;
    private final Format format;

    RuleWords(MessageSource messages, Format format) {
        this.messages = messages;
        this.format = format;
    }

    /** What a rule is called. */
    public String name(Rule rule) {
        return words("rule." + rule.key() + ".name");
    }

    /** A number of a rule with its unit: 5%, 1,000 points, 7 days, or words for a trade mode. */
    public String value(Rule rule, BigInteger value) {
        return switch (rule.unit()) {
            case SHARE -> format.share(new BasisPoints(value.intValueExact()));
            case POINTS -> format.great(new TokenAmount(value));
            case SECONDS -> duration(value);
            case COUNT -> format.count(value);
            case MODE -> words("rules.mode." + TradeMode.ofNumber(value.intValueExact()).key());
        };
    }

    /** A sentence that says what the rule means with this number. */
    public String says(Rule rule, BigInteger value) {
        return words("rule." + rule.key() + ".says", value(rule, value));
    }

    /** Between what the rule's number must lie. */
    public String within(Rule rule) {
        return words(
                "rules.within", value(rule, rule.bounds().min()), value(rule, rule.bounds().max()));
    }

    /** The figure alone, as it stands in a form's field. */
    public String input(Rule rule, BigInteger value) {
        return switch (rule.unit()) {
            case SHARE, POINTS -> new TokenAmount(value).points().toPlainString();
            case SECONDS -> value.divide(TimeUnit.of(value).length()).toString();
            case COUNT, MODE -> value.toString();
        };
    }

    /** The unit that {@link #input} is in, for durations; empty for all others. */
    public String inputUnit(Rule rule, BigInteger value) {
        return rule.unit() == Rule.Unit.SECONDS ? TimeUnit.of(value).key() : "";
    }

    /**
     * Reads what somebody wrote into a rule's field.
     *
     * @param unit a {@link TimeUnit}'s key for durations; of no meaning for all others
     * @throws Refused {@code rules.not-a-number} if it is none, or finer than the rule is kept
     */
    public BigInteger read(Rule rule, String text, String unit) {
        String figure = text.strip().replace(",", "");
        if (!NUMBER.matcher(figure).matches()) {
            throw notANumber(text);
        }
        try {
            return switch (rule.unit()) {
                // A percent has a hundred basis points, a point a hundred units.
                case SHARE, POINTS -> exact(figure, BigInteger.valueOf(100));
                case SECONDS ->
                        exact(figure, TimeUnit.valueOf(unit.toUpperCase(Locale.ROOT)).length());
                case COUNT, MODE -> exact(figure, BigInteger.ONE);
            };
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw notANumber(text);
        }
    }

    private static BigInteger exact(String figure, BigInteger factor) {
        return new BigDecimal(figure).multiply(new BigDecimal(factor)).toBigIntegerExact();
    }

    private static Refused notANumber(String text) {
        return Refused.invalid(
                "rules.not-a-number", text.length() > 20 ? text.substring(0, 20) : text);
    }

    /** A time in the largest unit that it is a whole number of. */
    public String duration(Duration time) {
        return duration(BigInteger.valueOf(time.toSeconds()));
    }

    private String duration(BigInteger seconds) {
        if (seconds.signum() == 0) {
            return words("rules.no-time");
        }
        TimeUnit unit = TimeUnit.of(seconds);
        BigInteger count = seconds.divide(unit.length());
        return words("rules.unit." + unit.key(), format.count(count), count);
    }

    private String words(String key, Object... arguments) {
        return messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
    }
}
