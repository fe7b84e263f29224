package atelier.web;

import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount of points as the API has it, in answers and requests alike: whole units, 100 to a
 * point, as decimal text, so that no reader rounds it.
 *
 * @param text as it was sent; {@link #amount()} says whether it is an amount
 */
public record Units(@JsonValue String text) {

    // Bounded, so that no endless digits reach arithmetic.
    private static final Pattern FIGURE = Pattern.compile("-?\\d{1,80}");

    public static Units of(TokenAmount amount) {
        return new Units(amount.units().toString());
    }

    /** Reads text; a whole number is understood too. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Units read(Object sent) {
        return new Units(sent.toString());
    }

    /**
     * What it comes to.
     *
     * @throws Refused {@code amount.malformed}
     */
    public TokenAmount amount() {
        if (!FIGURE.matcher(text).matches()) {
            throw Refused.invalid("amount.malformed");
        }
        return new TokenAmount(new BigInteger(text));
    }

    /**
     * As {@link #amount()} for what must be sent.
     *
     * @throws Refused {@code amount.malformed}
     */
    public static TokenAmount required(@Nullable Units sent) {
        if (sent == null) {
            throw Refused.invalid("amount.malformed");
        }
        return sent.amount();
    }
}
