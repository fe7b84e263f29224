package atelier.market;

import atelier.kernel.BasisPoints;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.vault.Signature;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order with its maker's signature, and how it stands.
 *
 * @param hash EIP-712 hash, by which the contract and every page know the order
 * @param number order of arrival
 * @param makerId the member who signed
 * @param slack how much of the price the maker allows later rules to take from their part
 * @param replaces the order whose place it took
 * @param cancelIntent what cancels it on the chain, once its maker wished so
 */
public record SignedOrder(
        Hash32 hash,
        long number,
        MemberId makerId,
        Order order,
        Signature signature,
        BasisPoints slack,
        Instant created,
        @Nullable Hash32 replaces,
        @Nullable IntentId cancelIntent,
        ListingState state) {}
