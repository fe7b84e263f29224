package atelier.market.web;

import atelier.market.Sale;
import atelier.market.Split;

/** A sale as the API shows it; amounts are units in decimal digits. */
record SaleView(
        String orderHash,
        String tokenId,
        String buyer,
        String seller,
        String price,
        String sellerPaid,
        String creator,
        String creatorPaid,
        String author,
        String authorPaid,
        String treasuryPaid,
        long block,
        String tx) {

    static SaleView of(Sale sale) {
        Split split = sale.split();
        return new SaleView(
                sale.orderHash().toString(),
                sale.work().toString(),
                sale.buyer().toString(),
                split.seller().toString(),
                sale.price().units().toString(),
                split.sellerPaid().units().toString(),
                split.creator().toString(),
                split.creatorPaid().units().toString(),
                split.author().toString(),
                split.authorPaid().units().toString(),
                split.treasuryPaid().units().toString(),
                sale.block(),
                sale.tx().toString());
    }
}
