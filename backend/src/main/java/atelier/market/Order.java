package atelier.market;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.vault.TypedData;
import atelier.vault.TypedData.Field;
import atelier.vault.TypedDomain;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * What a seller signs: EIP-712 type {@code Order} of the Market contract, field by field.
 *
 * @param price all that the buyer pays, in units
 * @param minNet the least the maker accepts after the fees of the day it is sold, in units
 * @param transferNonce how often the work was transferred; any transfer ends the order
 * @param counter the maker's; raising it ends all their orders
 * @param expiry the last second in which the order is good
 * @param taker who alone may buy, or zero for anyone
 * @param salt makes two orders of the same content two orders
 */
public record Order(
        Address maker,
        WorkId work,
        TokenAmount price,
        TokenAmount minNet,
        long transferNonce,
        long counter,
        Instant expiry,
        Address taker,
        Hash32 salt) {

    /** The EIP-712 type's name, as the vault is told to trust it. */
    static final String TYPE = "Order";

    /** What is signed, for the contract of this domain. */
    TypedData typedData(TypedDomain domain) {
        return new TypedData(
                domain,
                TYPE,
                List.of(
                        new Field("address", "maker", maker),
                        new Field("uint256", "tokenId", work.tokenId()),
                        new Field("uint96", "price", price.units()),
                        new Field("uint96", "minNet", minNet.units()),
                        new Field("uint64", "transferNonce", BigInteger.valueOf(transferNonce)),
                        new Field("uint64", "counter", BigInteger.valueOf(counter)),
                        new Field("uint48", "expiry", expirySeconds()),
                        new Field("address", "taker", taker),
                        new Field("bytes32", "salt", salt.bytes())));
    }

    BigInteger expirySeconds() {
        return BigInteger.valueOf(expiry.getEpochSecond());
    }
}
