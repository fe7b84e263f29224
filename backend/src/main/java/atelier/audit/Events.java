package atelier.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import atelier.kernel.Hash32;
import org.web3j.crypto.Hash;

/** First topics of the events that say who paid and was paid what. */
final class Events {

    static final Hash32 TRANSFER = of("Transfer(address,address,uint256)");
    static final Hash32 RULE_CHANGED =
            of("RuleChanged(uint32,uint8,uint128,uint128,uint64,address)");
    static final Hash32 SUPPLY_DEFINED = of("SupplyDefined(uint256,uint8,address,uint256,string)");
    static final Hash32 PRICE_CHANGED = of("PriceChanged(uint256,uint256,uint256)");
    static final Hash32 RECIPE_PROPOSED =
            of("RecipeProposed(uint64,address,uint64,uint96,(uint32,uint32)[],bytes32)");
    static final Hash32 BOUGHT = of("Bought(address,uint256,address,uint256,uint256,uint256)");
    static final Hash32 CRAFTED = of("Crafted(uint256,uint64,address,uint256,uint256)");
    static final Hash32 SOLD =
            of(
                    "Sold(bytes32,uint256,address,address,uint256,uint256,address,uint256,address,uint256,uint256)");
    static final Hash32 COLLECTED = of("Collected(uint8,address,uint256,bytes32)");
    static final Hash32 COST_PAID = of("CostPaid(uint32,uint8,address,uint256,string,bytes32)");
    static final Hash32 SPENT = of("Spent(address,uint256,string)");
    static final Hash32 FUNDED = of("Funded(address,uint256)");
    static final Hash32 PUBLISHED = of("Published(uint32,bytes32,uint64,uint48,bytes32)");
    static final Hash32 EFFECTIVE = of("Effective(uint32,bytes32,uint16)");
    static final Hash32 HELD = of("Held(bytes32)");
    static final Hash32 RELEASED = of("Released(bytes32)");
    static final Hash32 CANCELLED = of("Cancelled(uint32,bytes32,uint256)");

    private Events() {}

    private static Hash32 of(String signature) {
        return Hash32.of(Hash.sha3(signature.getBytes(US_ASCII)));
    }
}
