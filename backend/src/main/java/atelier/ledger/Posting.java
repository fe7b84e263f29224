package atelier.ledger;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.time.Instant;

/**
 * One side of a transfer: what an account received or gave. The other side has the opposite amount,
 * so that both sum to zero.
 *
 * @param amount positive when received, negative when given; units of points, pieces, or one work
 * @param balance what the account held of the asset after it
 * @param counterparty the account on the other side; zero when issued or used up
 * @param place where in the chain, and with that its order
 */
public record Posting(
        Address account,
        Asset asset,
        BigInteger amount,
        BigInteger balance,
        Address counterparty,
        Code code,
        Place place,
        Hash32 transaction,
        Instant at) {

    /** Whether the account received. */
    public boolean incoming() {
        return amount.signum() > 0;
    }
}
