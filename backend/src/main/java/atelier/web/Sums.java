package atelier.web;

import atelier.kernel.TokenAmount;
import java.util.List;

/** The promise of every list of amounts that is shown with a total under it. */
final class Sums {

    private Sums() {}

    static void require(List<TokenAmount> amounts, TokenAmount total) {
        if (amounts.stream().anyMatch(amount -> amount.signum() < 0)) {
            throw new IllegalArgumentException("A line is below zero: " + amounts);
        }
        TokenAmount sum = amounts.stream().reduce(TokenAmount.ZERO, TokenAmount::plus);
        if (!sum.equals(total)) {
            throw new IllegalArgumentException(
                    "The lines sum to %s, the total says %s".formatted(sum, total));
        }
    }
}
