package atelier.market.web;

import atelier.market.Sale;
import atelier.market.Split;
import atelier.web.Units;
import org.jspecify.annotations.Nullable;

/**
 * A sale as the API shows it.
 *
 * @param promoter the account of who brought the buyer, as the buyer said; null if nobody
 */
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
        @Nullable String promoter,
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
                sale.promoter() == null ? null : sale.promoter().toString(),
                sale.block(),
                sale.tx().toString());
    }
}
