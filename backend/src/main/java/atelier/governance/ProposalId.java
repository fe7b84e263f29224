package atelier.governance;

import java.math.BigInteger;

/** A proposal's number on the chain: the hash of what it would do and of its description. */
public record ProposalId(BigInteger number) {

    private static final int BITS = 256;

    public ProposalId {
        if (number.signum() < 0 || number.bitLength() > BITS) {
            throw new IllegalArgumentException("A proposal's number has 256 bits, not " + number);
        }
    }

    /**
     * Reads the decimal number.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ProposalId parse(String text) {
        // As many digits as 256 bits can have: more would only be slow to read.
        if (!text.matches("\\d{1,78}")) {
            throw new IllegalArgumentException("No proposal is called " + text);
        }
        return new ProposalId(new BigInteger(text));
    }

    /** Decimal, as in addresses and on the API. */
    @Override
    public String toString() {
        return number.toString();
    }
}
