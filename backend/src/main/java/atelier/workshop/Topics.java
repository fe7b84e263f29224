package atelier.workshop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import atelier.kernel.Hash32;
import org.web3j.crypto.Hash;

/** First topics of the events that are projected here. */
final class Topics {

    static final Hash32 SUPPLY_DEFINED = of("SupplyDefined(uint256,uint8,address,uint256,string)");
    static final Hash32 PRICE_CHANGED = of("PriceChanged(uint256,uint256,uint256)");
    static final Hash32 RECIPE_PROPOSED =
            of("RecipeProposed(uint64,address,uint64,uint96,(uint32,uint32)[],bytes32)");
    static final Hash32 RECIPE_APPROVED = of("RecipeApproved(uint64)");
    static final Hash32 RECIPE_RETIRED = of("RecipeRetired(uint64)");
    static final Hash32 BOUGHT = of("Bought(address,uint256,address,uint256,uint256,uint256)");
    static final Hash32 CRAFTED = of("Crafted(uint256,uint64,address,uint256,uint256)");
    static final Hash32 MINTED = of("Minted(uint256,bytes32)");
    static final Hash32 TRANSFER = of("Transfer(address,address,uint256)");

    private Topics() {}

    private static Hash32 of(String signature) {
        return Hash32.of(Hash.sha3(signature.getBytes(US_ASCII)));
    }
}
