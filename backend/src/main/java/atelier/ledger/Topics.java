package atelier.ledger;

import atelier.kernel.Hash32;
import java.nio.charset.StandardCharsets;
import org.web3j.crypto.Hash;

/** First topics of the events that move something, and of those that say why. */
final class Topics {

    static final Hash32 TRANSFER = of("Transfer(address,address,uint256)");
    static final Hash32 SINGLE = of("TransferSingle(address,address,address,uint256,uint256)");
    static final Hash32 BATCH = of("TransferBatch(address,address,address,uint256[],uint256[])");
    static final Hash32 FORWARDED = of("ExecutedForwardRequest(address,uint256,bool)");
    static final Hash32 SOLD =
            of(
                    "Sold(bytes32,uint256,address,address,uint256,uint256,address,uint256,address,"
                            + "uint256,uint256)");
    static final Hash32 BOUGHT = of("Bought(address,uint256,address,uint256,uint256,uint256)");
    static final Hash32 CRAFTED = of("Crafted(uint256,uint64,address,uint256,uint256)");
    static final Hash32 COLLECTED = of("Collected(uint8,address,uint256,bytes32)");

    private Topics() {}

    private static Hash32 of(String signature) {
        return Hash32.of(Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII)));
    }
}
