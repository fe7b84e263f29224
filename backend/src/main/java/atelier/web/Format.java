package atelier.web;

import atelier.kernel.BasisPoints;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * Amounts, times and shares in the reader's language; templates know it as {@code @format}. Times
 * are in the zone of {@code atelier.zone}, the machine's own when it is not set.
 */
@Component("format")
public class Format {

    private static final BigDecimal TRILLION = BigDecimal.TEN.pow(12);
    private static final String DAY_AND_MINUTE = "yMMMdHm";
    private static final int BRIEF_HEAD = 6;
    private static final int BRIEF_TAIL = 4;
    private static final Duration SHORT = Duration.ofSeconds(90);
    private static final Duration LONG = Duration.ofMinutes(90);

    private final MessageSource messages;
    private final ZoneId zone;

    Format(MessageSource messages, @Value("${atelier.zone:}") String zone) {
        this.messages = messages;
        this.zone = zone.isBlank() ? ZoneId.systemDefault() : ZoneId.of(zone);
    }

    /** With its unit: 1,284.5 點. */
    public String points(TokenAmount amount) {
        return words("web.points", amount(amount));
    }

    /** With its unit, and in words where so many noughts are read by nobody: 10 trillion points. */
    public String great(TokenAmount amount) {
        NumberFormat words =
                NumberFormat.getCompactNumberInstance(locale(), NumberFormat.Style.LONG);
        boolean round = amount.points().remainder(TRILLION).signum() == 0 && amount.signum() != 0;
        return round ? words("web.points", words.format(amount.points())) : points(amount);
    }

    /** The figure alone: 1,284.5. */
    public String amount(TokenAmount amount) {
        return amount(amount, 0);
    }

    /** The figure with this many decimals, to stand in a column of others: 25.60. */
    public String amount(TokenAmount amount, int places) {
        NumberFormat format = NumberFormat.getNumberInstance(locale());
        format.setMinimumFractionDigits(places);
        format.setMaximumFractionDigits(Math.max(places, TokenAmount.DECIMALS));
        return minus(format.format(amount.points()));
    }

    /** The decimals that a column of these figures needs to line up: 0 for 3, 12; 1 for 3, 2.5. */
    public int places(Collection<TokenAmount> column) {
        return column.stream()
                .mapToInt(amount -> amount.points().stripTrailingZeros().scale())
                .reduce(0, Math::max);
    }

    /** The figure with its sign: +20, −3.5, 0. */
    public String signed(TokenAmount amount) {
        return signed(amount, 0);
    }

    /** The figure with its sign and this many decimals. */
    public String signed(TokenAmount amount, int places) {
        return (amount.signum() > 0 ? "+" : "") + amount(amount, places);
    }

    /** A count of things: 12,345. */
    public String count(Number count) {
        return minus(NumberFormat.getIntegerInstance(locale()).format(count));
    }

    /** A share in percent: 8%, 2.5%. */
    public String share(BasisPoints share) {
        BigDecimal percent =
                BigDecimal.valueOf(share.value())
                        .movePointLeft(2)
                        .round(MathContext.DECIMAL32)
                        .stripTrailingZeros();
        return percent.toPlainString() + "%";
    }

    /** Day and minute, on a clock of 24 hours: just after midnight nobody is sure of 12:59 am. */
    public String time(Instant at) {
        return DateTimeFormatter.ofLocalizedPattern(DAY_AND_MINUTE)
                .withLocale(locale())
                .withZone(zone)
                .format(at);
    }

    /** The day alone. */
    public String day(Instant at) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale())
                .withZone(zone)
                .format(at);
    }

    /** For machines: the {@code datetime} of a {@code <time>}. */
    public String iso(Instant at) {
        return at.toString();
    }

    /** A short time in one unit: 3 seconds, 4 minutes, 2 hours. */
    public String lag(Duration lag) {
        if (lag.compareTo(SHORT) < 0) {
            return words("web.seconds", lag.toSeconds());
        }
        return lag.compareTo(LONG) < 0
                ? words("web.minutes", lag.toMinutes())
                : words("web.hours", lag.toHours());
    }

    /** Both ends of something long and hexadecimal: 0x12ab…cd34. */
    public String brief(Object hex) {
        String text = hex.toString();
        return text.length() <= BRIEF_HEAD + BRIEF_TAIL
                ? text
                : text.substring(0, BRIEF_HEAD) + "…" + text.substring(text.length() - BRIEF_TAIL);
    }

    /** The one character that stands for a name: the last of a Han name, the first of any other. */
    public String glyph(String name) {
        int[] letters = name.codePoints().filter(Character::isLetterOrDigit).toArray();
        if (letters.length == 0) {
            return "·";
        }
        int last = letters[letters.length - 1];
        return Character.toString(
                Character.isIdeographic(last) ? last : Character.toUpperCase(letters[0]));
    }

    /** What a refusal says. */
    public String title(Refused refused) {
        return problem(refused.code(), "title", refused.values());
    }

    /** What to do about a refusal. */
    public String remedy(Refused refused) {
        return problem(refused.code(), "remedy", refused.values());
    }

    /** One part of a problem's words; those of any other problem where the code has none. */
    public String problem(String code, String part, List<Object> values) {
        String other = words("problem.other." + part);
        Object[] shown = values.stream().map(this::shown).toArray();
        String words = messages.getMessage("problem." + code + "." + part, shown, other, locale());
        return words == null ? other : words;
    }

    private Object shown(Object value) {
        return switch (value) {
            case TokenAmount amount -> amount(amount);
            case BasisPoints share -> share(share);
            case BigInteger number -> count(number);
            case Long number -> count(number);
            case Integer number -> count(number);
            case Instant at -> time(at);
            default -> value.toString();
        };
    }

    private String words(String key, Object... values) {
        return messages.getMessage(key, values, locale());
    }

    private static String minus(String figure) {
        return figure.startsWith("-") ? "−" + figure.substring(1) : figure;
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
