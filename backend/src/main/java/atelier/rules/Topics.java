package atelier.rules;

import atelier.kernel.Hash32;
import java.nio.charset.StandardCharsets;
import org.web3j.crypto.Hash;

/** First topics of the events read here. */
final class Topics {

    static final Hash32 RULE_CHANGED =
            of("RuleChanged(uint32,uint8,uint128,uint128,uint64,address)");
    static final Hash32 SCHEDULED = of("Scheduled(bytes32,address,uint256)");
    static final Hash32 CALL_EXECUTED = of("CallExecuted(bytes32,uint256,address,uint256,bytes)");
    static final Hash32 LISTED = of("Listed(bytes32,address,uint64)");
    static final Hash32 DELISTED = of("Delisted(bytes32,address,uint64)");
    static final Hash32 SOLD =
            of(
                    "Sold(bytes32,uint256,address,address,uint256,uint256,address,uint256,"
                            + "address,uint256,uint256)");
    static final Hash32 BOUGHT = of("Bought(address,uint256,address,uint256,uint256,uint256)");
    static final Hash32 SUPPLY_DEFINED = of("SupplyDefined(uint256,uint8,address,uint256,string)");
    static final Hash32 CRAFTED = of("Crafted(uint256,uint64,address,uint256,uint256)");
    static final Hash32 COLLECTED = of("Collected(uint8,address,uint256,bytes32)");

    private Topics() {}

    private static Hash32 of(String signature) {
        return Hash32.of(Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII)));
    }
}
