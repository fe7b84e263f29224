package atelier.profit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import atelier.kernel.Hash32;
import java.util.Set;
import org.web3j.crypto.Hash;

/** First topics of the events that are read for more than the fact they state. */
final class Topics {

    static final Hash32 EPOCH_OPENED = of("EpochOpened(uint32,uint48,uint48)");
    static final Hash32 COST_PAID = of("CostPaid(uint32,uint8,address,uint256,string,bytes32)");
    static final Hash32 PUBLISHED = of("Published(uint32,bytes32,uint64,uint48,bytes32)");
    static final Hash32 EFFECTIVE = of("Effective(uint32,bytes32,uint16)");
    static final Hash32 OBJECTED = of("Objected(bytes32,uint256)");
    static final Hash32 HELD = of("Held(bytes32)");
    static final Hash32 RELEASED = of("Released(bytes32)");
    static final Hash32 CANCELLED = of("Cancelled(uint32,bytes32,uint256)");

    /** What people did. */
    static final Set<Hash32> DEALINGS =
            Set.of(
                    of(
                            "Sold(bytes32,uint256,address,address,uint256,uint256,address,uint256,"
                                    + "address,uint256,uint256)"),
                    of("Promoted(bytes32,address)"),
                    of("Bought(address,uint256,address,uint256,uint256,uint256)"),
                    of("Crafted(uint256,uint64,address,uint256,uint256)"));

    private Topics() {}

    private static Hash32 of(String signature) {
        return Hash32.of(Hash.sha3(signature.getBytes(US_ASCII)));
    }
}
