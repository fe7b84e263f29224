package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.vault.TypedData;

/** Whoever has the keys and signs with them. */
interface Signing {

    /** A platform key's transaction for a slot, as raw signed bytes. */
    byte[] transaction(Slots.Place place, Slots.Payload payload, Fees fees, long chainId);

    /**
     * A member's signature of a forward request, as the forwarder reads it.
     *
     * @throws Refused if this may not be signed
     */
    byte[] request(MemberId owner, Address signer, TypedData request);

    /** Whether this is the signer's signature of a request, as the forwarder sees it. */
    boolean signed(Address signer, TypedData request, byte[] signature);
}
