package atelier.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.web3j.crypto.Hash;

/** First topics of the events that say why something moved, as the projection's SQL names them. */
final class Topics {

    static final Map<String, byte[]> BY_NAME =
            Map.of(
                    "forwarded",
                    of("ExecutedForwardRequest(address,uint256,bool)"),
                    "sold",
                    of(
                            "Sold(bytes32,uint256,address,address,uint256,uint256,address,uint256,"
                                    + "address,uint256,uint256)"),
                    "bought",
                    of("Bought(address,uint256,address,uint256,uint256,uint256)"),
                    "crafted",
                    of("Crafted(uint256,uint64,address,uint256,uint256)"),
                    "collected",
                    of("Collected(uint8,address,uint256,bytes32)"));

    private Topics() {}

    private static byte[] of(String signature) {
        return Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII));
    }
}
