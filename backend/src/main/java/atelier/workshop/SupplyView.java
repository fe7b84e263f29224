package atelier.workshop;

import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;

/**
 * A material or a tool, as it is offered now.
 *
 * @param price what the supplier gets for a piece, or for one use of a tool
 * @param stock pieces, or uses, that the supplier still has
 */
public record SupplyView(
        SupplyId id,
        SupplyKind kind,
        String name,
        Party supplier,
        TokenAmount price,
        BigInteger stock) {}
