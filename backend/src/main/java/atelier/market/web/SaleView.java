package atelier.market.web;

import atelier.market.Sale;
import atelier.market.Split;
import atelier.web.Units;

/** A sale as the API shows it. */
record SaleView(
        String orderHash,
        String tokenId,
        String buyer,
        String seller,
        Units price,
        Units sellerPaid,
        String creator,
        Units creatorPaid,
        String author,
        Units authorPaid,
        Units treasuryPaid,
        long block,
        String tx) {

    static SaleView of(Sale sale) {
        Split split = sale.split();
        return new SaleView(
                sale.orderHash().toString(),
                sale.work().toString(),
                sale.buyer().toString(),
                split.seller().toString(),
                Units.of(sale.price()),
                Units.of(split.sellerPaid()),
                split.creator().toString(),
                Units.of(split.creatorPaid()),
                split.author().toString(),
                Units.of(split.authorPaid()),
                Units.of(split.treasuryPaid()),
                sale.block(),
                sale.tx().toString());
    }
}
