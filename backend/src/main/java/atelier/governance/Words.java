package atelier.governance;

import atelier.chain.ContractLog;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads values without a fixed length as the ABI puts them into events. */
final class Words {

    private Words() {}

    /** The bytes whose place the n-th word of the data names; no more than are there. */
    static byte[] bytes(ContractLog log, int word) {
        int place = whole(log.number(word), log.data().length);
        int start = Math.min(place + Hash32.LENGTH, log.data().length);
        int length = whole(log.number(place / Hash32.LENGTH), log.data().length - start);
        return Arrays.copyOfRange(log.data(), start, start + length);
    }

    /** The text at that place; what PostgreSQL cannot keep is left out. */
    static String text(ContractLog log, int word) {
        return new String(bytes(log, word), StandardCharsets.UTF_8).replace("\0", "");
    }

    private static int whole(BigInteger number, int most) {
        return number.min(BigInteger.valueOf(most)).intValueExact();
    }
}
