package atelier.chain;

import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import java.util.List;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** Derives an intent's id from what it is for, so that a restored database derives the same. */
final class IntentIds {

    private static final String DOMAIN = "atelier";

    private IntentIds() {}

    static IntentId of(String kind, String businessKey) {
        String encoded =
                FunctionEncoder.encodeConstructor(
                        List.of(
                                new Utf8String(DOMAIN),
                                new Utf8String(kind),
                                new Utf8String(businessKey)));
        return new IntentId(Hash32.of(Hash.sha3(Numeric.hexStringToByteArray(encoded))));
    }
}
