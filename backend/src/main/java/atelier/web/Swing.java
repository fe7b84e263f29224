package atelier.web;

import atelier.kernel.TokenAmount;

/** What somebody has, and would have. */
public record Swing(String label, TokenAmount before, TokenAmount after) {

    /** Above zero for a winner. */
    public TokenAmount gain() {
        return after.minus(before);
    }
}
