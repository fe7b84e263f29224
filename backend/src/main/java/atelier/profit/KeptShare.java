package atelier.profit;

import atelier.kernel.TokenAmount;

/** An account's line in the statement of an epoch. */
public record KeptShare(long epoch, Line line) {

    public TokenAmount fresh() {
        return line.fresh();
    }
}
