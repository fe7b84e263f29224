package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.vault.TypedData;
import java.util.List;

/** Whoever has the keys and signs with them. */
interface Signing {

    /** A platform key's transaction for a slot, as raw signed bytes. */
    byte[] transaction(Slots.Place place, Slots.Payload payload, Fees fees, long chainId);

    /** A member's request that is to be signed with their key. */
    record Asked(MemberId owner, Address signer, TypedData request) {}

    /**
     * Members' signatures of forward requests, as the forwarder reads them, in this order.
     *
     * @throws Refused if one of them may not be signed
     */
    List<byte[]> requests(List<Asked> asked);

    /** Whether this is the signer's signature of a request, as the forwarder sees it. */
    boolean signed(Address signer, TypedData request, byte[] signature);
}
