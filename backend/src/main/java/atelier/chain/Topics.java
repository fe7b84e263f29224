package atelier.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import atelier.kernel.Hash32;
import org.web3j.crypto.Hash;

/** First topics of the events that modules read, by the names they have there. */
public final class Topics {

    public static final Hash32 BATCH =
            of("TransferBatch(address,address,address,uint256[],uint256[])");
    public static final Hash32 BOUGHT =
            of("Bought(address,uint256,address,uint256,uint256,uint256)");
    public static final Hash32 CALL_EXECUTED =
            of("CallExecuted(bytes32,uint256,address,uint256,bytes)");
    public static final Hash32 CANCELLED = of("Cancelled(uint32,bytes32,uint256)");
    public static final Hash32 COLLECTED = of("Collected(uint8,address,uint256,bytes32)");
    public static final Hash32 COST_PAID =
            of("CostPaid(uint32,uint8,address,uint256,string,bytes32)");
    public static final Hash32 CRAFTED = of("Crafted(uint256,uint64,address,uint256,uint256)");
    public static final Hash32 DELISTED = of("Delisted(bytes32,address,uint64)");
    public static final Hash32 EFFECTIVE = of("Effective(uint32,bytes32,uint16)");
    public static final Hash32 EPOCH_OPENED = of("EpochOpened(uint32,uint48,uint48)");
    public static final Hash32 FORWARDED = of("ExecutedForwardRequest(address,uint256,bool)");
    public static final Hash32 FUNDED = of("Funded(address,uint256)");
    public static final Hash32 HELD = of("Held(bytes32)");
    public static final Hash32 LISTED = of("Listed(bytes32,address,uint64)");
    public static final Hash32 MINTED = of("Minted(uint256,bytes32)");
    public static final Hash32 OBJECTED = of("Objected(bytes32,uint256)");
    public static final Hash32 PRICE_CHANGED = of("PriceChanged(uint256,uint256,uint256)");
    public static final Hash32 PROMOTED = of("Promoted(bytes32,address)");
    public static final Hash32 PUBLISHED = of("Published(uint32,bytes32,uint64,uint48,bytes32)");
    public static final Hash32 RECIPE_APPROVED = of("RecipeApproved(uint64)");
    public static final Hash32 RECIPE_PROPOSED =
            of("RecipeProposed(uint64,address,uint64,uint96,(uint32,uint32)[],bytes32)");
    public static final Hash32 RECIPE_RETIRED = of("RecipeRetired(uint64)");
    public static final Hash32 RELEASED = of("Released(bytes32)");
    public static final Hash32 RULE_CHANGED =
            of("RuleChanged(uint32,uint8,uint128,uint128,uint64,address)");
    public static final Hash32 SCHEDULED = of("Scheduled(bytes32,address,uint256)");
    public static final Hash32 SINGLE =
            of("TransferSingle(address,address,address,uint256,uint256)");
    public static final Hash32 SOLD =
            of(
                    "Sold(bytes32,uint256,address,address,uint256,uint256,address,"
                            + "uint256,address,uint256,uint256)");
    public static final Hash32 SPENT = of("Spent(address,uint256,string)");
    public static final Hash32 SUPPLY_DEFINED =
            of("SupplyDefined(uint256,uint8,address,uint256,string)");
    public static final Hash32 TRANSFER = of("Transfer(address,address,uint256)");

    private Topics() {}

    private static Hash32 of(String signature) {
        return Hash32.of(Hash.sha3(signature.getBytes(US_ASCII)));
    }
}
