package atelier.market;

import atelier.kernel.Address;
import java.time.Instant;

/**
 * Whose a work is.
 *
 * @param transferNonce how often it was transferred
 * @param since time of the block in which the owner got it
 */
record Position(Address owner, long transferNonce, Instant since) {}
