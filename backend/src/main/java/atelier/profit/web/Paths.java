package atelier.profit.web;

import atelier.kernel.Hash32;
import atelier.kernel.Refused;

/** Reads what stands in an address. */
final class Paths {

    private static final int MOST_DIGITS = 10;

    private Paths() {}

    static long epoch(String number) {
        if (number.isEmpty()
                || number.length() > MOST_DIGITS
                || !number.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            throw Refused.notFound("statement.unknown", number);
        }
        return Long.parseLong(number);
    }

    static Hash32 receipt(String hash) {
        try {
            return Hash32.parse(hash);
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("receipt.unknown");
        }
    }
}
