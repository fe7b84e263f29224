package atelier.chain;

import java.math.BigInteger;

/**
 * What requests need of the transaction that carries them.
 *
 * @param used by the calls and by what the forwarder does around them
 * @param asked the most that one call may use: what it leaves over must be there to be given
 * @param words of memory, which costs more the more there is of it
 */
record RequestGas(long used, long asked, long words) {

    static final RequestGas NONE = new RequestGas(0, 0, 0);

    private static final long BASE = 60_000;
    // Checks and recovers the signature, looks at the target, counts the nonce, writes the log.
    private static final long FORWARDING = 18_000;
    private static final long FIRST_NONCE = 17_100;
    private static final long MOST_CALLDATA = 5_000;
    private static final long WORDS = 40;
    private static final int BYTE = 16;

    /**
     * What one request needs.
     *
     * @param gas as rehearsed
     * @param busy whether the signer has something on its way, which the rehearsal did not see: it
     *     may use up what this one then has to buy
     */
    static RequestGas of(long gas, boolean busy, long nonce) {
        long around = FORWARDING + (nonce == 0 ? FIRST_NONCE : 0);
        // Another place in the batch makes other slots cold; 63/64 of the gas reach a call's calls.
        return busy
                ? new RequestGas(2 * gas + 20_000 + around, 3 * gas + 60_000, WORDS)
                : new RequestGas(gas * 5 / 4 + 10_000 + around, gas * 5 / 4 + 30_000, WORDS);
    }

    RequestGas and(RequestGas other) {
        return new RequestGas(used + other.used, Math.max(asked, other.asked), words + other.words);
    }

    /** No less than the limit, where the longest data has this many bytes. */
    long atMost(int length) {
        long requests = words / WORDS;
        return total() + requests * (MOST_CALLDATA + (long) BYTE * length);
    }

    /** The transaction's gas limit. */
    BigInteger limit(byte[] calldata) {
        return BigInteger.valueOf(total() + Calldata.gas(calldata)).min(Gas.MAX);
    }

    private long total() {
        return BASE + used + asked * 65 / 64 + 3 * words + words * words / 512;
    }
}
