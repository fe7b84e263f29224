package atelier.market.web;

import atelier.market.Order;
import atelier.market.SignedOrder;

/** A signed order, for whoever wants to check it against the contract. */
record OrderView(String orderHash, Fields order, String signature, String state) {

    /** The fields of EIP-712's {@code Order}, numbers as decimal digits. */
    record Fields(
            String maker,
            String tokenId,
            String price,
            String minNet,
            String transferNonce,
            String counter,
            String expiry,
            String taker,
            String salt) {}

    static OrderView of(SignedOrder signed) {
        return new OrderView(
                signed.hash().toString(),
                fields(signed.order()),
                signed.signature().toString(),
                signed.state().key());
    }

    private static Fields fields(Order order) {
        return new Fields(
                order.maker().toString(),
                order.work().toString(),
                order.price().units().toString(),
                order.minNet().units().toString(),
                Long.toString(order.transferNonce()),
                Long.toString(order.counter()),
                Long.toString(order.expiry().getEpochSecond()),
                order.taker().toString(),
                order.salt().toString());
    }
}
