package atelier.market;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import atelier.rules.Rulebook;

/**
 * Who gets what of a price, to the last unit: the contract's arithmetic, where each share is
 * rounded down and the seller gets the rest.
 */
public record Split(
        Address seller,
        TokenAmount sellerPaid,
        Address creator,
        TokenAmount creatorPaid,
        Address author,
        TokenAmount authorPaid,
        TokenAmount treasuryPaid) {

    /** Splits a price under the rules given. A creator who sells their own work pays no royalty. */
    static Split of(
            TokenAmount price, Address seller, Address creator, Address author, Rulebook rules) {
        TokenAmount treasury = rules.tradingFee().of(price);
        TokenAmount royalty =
                creator.equals(seller) ? TokenAmount.ZERO : rules.creatorRoyalty().of(price);
        TokenAmount authors =
                author.equals(Address.ZERO) ? TokenAmount.ZERO : rules.authorRoyalty().of(price);
        TokenAmount rest = price.minus(treasury).minus(royalty).minus(authors);
        return new Split(seller, rest, creator, royalty, author, authors, treasury);
    }

    /** What the parts come to: the price. */
    public TokenAmount total() {
        return sellerPaid.plus(creatorPaid).plus(authorPaid).plus(treasuryPaid);
    }
}
