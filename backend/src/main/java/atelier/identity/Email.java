package atelier.identity;

import atelier.kernel.Refused;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address as accounts are told apart by it: composed, lower case, without spaces around.
 */
record Email(String address) {

    private static final int MAXIMUM = 254;
    private static final Pattern SHAPE =
            Pattern.compile("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s\\p{Cntrl}]+");

    /**
     * Normalises what somebody typed.
     *
     * @throws Refused {@code member.email} if it is no address
     */
    static Email parse(String typed) {
        String address = Normalizer.normalize(typed, Form.NFKC).strip().toLowerCase(Locale.ROOT);
        if (address.length() > MAXIMUM || !SHAPE.matcher(address).matches()) {
            throw Refused.invalid("member.email");
        }
        return new Email(address);
    }

    /** Enough to recognise in a log, not enough to write to. */
    @Override
    public String toString() {
        return address.charAt(0) + "…@…";
    }
}
