package atelier.workshop.web;

import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;

/** Turns written numbers into numbers. */
final class Numbers {

    private static final int LONGEST = 30;

    private Numbers() {}

    static TokenAmount points(String text) {
        try {
            return TokenAmount.parsePoints(limited(text));
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("points.invalid");
        }
    }

    static long count(String text) {
        try {
            return Long.parseLong(limited(text).strip());
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("count.invalid");
        }
    }

    private static String limited(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("Too long for a number");
        }
        return text;
    }
}
