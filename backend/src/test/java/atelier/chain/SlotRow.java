package atelier.chain;

import atelier.kernel.Hash32;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code recorded.slot} with its attempts, in memory. */
record SlotRow(
        Slots.Place place,
        Slots.Payload payload,
        long epoch,
        String state,
        @Nullable Hash32 tx,
        long block,
        boolean succeeded,
        List<Slots.Attempt> attempts) {

    SlotRow in(String newState) {
        return new SlotRow(place, payload, epoch, newState, tx, block, succeeded, attempts);
    }
}
