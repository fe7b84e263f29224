package atelier.rules;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.web3j.crypto.Hash;

/** First topics of the events read here, by the name the projection's SQL knows them under. */
final class Topics {

    static final Map<String, byte[]> BY_NAME =
            Map.of(
                    "ruleChanged",
                    of("RuleChanged(uint32,uint8,uint128,uint128,uint64,address)"),
                    "listed",
                    of("Listed(bytes32,address,uint64)"),
                    "delisted",
                    of("Delisted(bytes32,address,uint64)"),
                    "sold",
                    of(
                            "Sold(bytes32,uint256,address,address,uint256,uint256,address,uint256,"
                                    + "address,uint256,uint256)"),
                    "bought",
                    of("Bought(address,uint256,address,uint256,uint256,uint256)"),
                    "supplyDefined",
                    of("SupplyDefined(uint256,uint8,address,uint256,string)"),
                    "crafted",
                    of("Crafted(uint256,uint64,address,uint256,uint256)"),
                    "collected",
                    of("Collected(uint8,address,uint256,bytes32)"));

    private Topics() {}

    private static byte[] of(String signature) {
        return Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII));
    }
}
