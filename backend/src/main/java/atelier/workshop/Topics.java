package atelier.workshop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Map;
import org.web3j.crypto.Hash;

/** First topics of the events that are projected here, by the name the SQL knows them under. */
final class Topics {

    static final Map<String, byte[]> BY_NAME =
            Map.of(
                    "supplyDefined",
                    of("SupplyDefined(uint256,uint8,address,uint256,string)"),
                    "priceChanged",
                    of("PriceChanged(uint256,uint256,uint256)"),
                    "recipeProposed",
                    of("RecipeProposed(uint64,address,uint64,uint96,(uint32,uint32)[],bytes32)"),
                    "recipeApproved",
                    of("RecipeApproved(uint64)"),
                    "recipeRetired",
                    of("RecipeRetired(uint64)"),
                    "bought",
                    of("Bought(address,uint256,address,uint256,uint256,uint256)"),
                    "crafted",
                    of("Crafted(uint256,uint64,address,uint256,uint256)"),
                    "minted",
                    of("Minted(uint256,bytes32)"),
                    "transfer",
                    of("Transfer(address,address,uint256)"));

    private Topics() {}

    private static byte[] of(String signature) {
        return Hash.sha3(signature.getBytes(US_ASCII));
    }
}
