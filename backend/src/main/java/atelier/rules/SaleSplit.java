package atelier.rules;

import atelier.kernel.TokenAmount;

/**
 * Who gets what of a sale's price; all four together are the price.
 *
 * @param creator nothing when the seller made the work
 */
public record SaleSplit(
        TokenAmount seller, TokenAmount creator, TokenAmount author, TokenAmount treasury) {}
