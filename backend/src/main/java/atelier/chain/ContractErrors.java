package atelier.chain;

import atelier.kernel.Refused;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.springframework.stereotype.Component;
import org.web3j.utils.Numeric;

/** Puts what a contract returned when it reverted into a code and values. */
@Component
class ContractErrors {

    private static final String ERROR_STRING = "0x08c379a0";
    private static final String PANIC = "0x4e487b71";
    private static final int SELECTOR = 4;
    private static final int WORD = 32;

    /** The refusal that a node's answer to a call amounts to. */
    Refused refusal(NodeRefused answer) {
        byte[] data = answer.data();
        return data == null || data.length < SELECTOR
                ? Refused.conflict("contract.reverted", String.valueOf(answer.getMessage()))
                : refusal(data);
    }

    private Refused refusal(byte[] data) {
        String selector = Numeric.toHexString(data, 0, SELECTOR, true);
        byte[] rest = Arrays.copyOfRange(data, SELECTOR, data.length);
        return switch (selector) {
            case ERROR_STRING -> Refused.conflict("contract.reverted", text(rest));
            case PANIC -> Refused.conflict("contract.panic", new BigInteger(1, rest));
            default -> Refused.conflict("contract.unknown", selector);
        };
    }

    private static String text(byte[] encoded) {
        if (encoded.length < 2 * WORD) {
            return "";
        }
        int length = new BigInteger(1, encoded, WORD, WORD).min(BigInteger.valueOf(200)).intValue();
        int end = Math.min(encoded.length, 2 * WORD + length);
        return new String(encoded, 2 * WORD, end - 2 * WORD, StandardCharsets.UTF_8);
    }
}
