package atelier.chain;

import atelier.kernel.Hash32;
import java.time.Clock;
import org.springframework.stereotype.Component;
import org.web3j.crypto.Hash;

/** Signs what goes into slots and stores both at once, in the caller's transaction. */
@Component
class Attempts {

    private final Slots slots;
    private final Signing signing;
    private final Clock clock;

    Attempts(Slots slots, Signing signing, Clock clock) {
        this.slots = slots;
        this.signing = signing;
        this.clock = clock;
    }

    /** Signs a call in a slot of its own; it may leave once the transaction has committed. */
    Slots.Signed open(
            Slots.Place place, Slots.Payload payload, Fees fees, long chainId, long epoch) {
        Slots.Signed attempt = sign(place, payload, fees, chainId);
        slots.open(attempt, payload, epoch);
        return attempt;
    }

    /** Signs the same call in the same slot for a higher fee. */
    Slots.Signed replace(Slots.Place place, Fees fees, long chainId) {
        Slots.Signed attempt = sign(place, slots.payload(place), fees, chainId);
        slots.add(attempt);
        return attempt;
    }

    private Slots.Signed sign(Slots.Place place, Slots.Payload payload, Fees fees, long chainId) {
        byte[] raw = signing.transaction(place, payload, fees, chainId);
        Hash32 hash = Hash32.of(Hash.sha3(raw));
        return new Slots.Signed(new Slots.Attempt(place, hash, fees, clock.instant()), raw);
    }
}
