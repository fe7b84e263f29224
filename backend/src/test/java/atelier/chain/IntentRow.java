package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A row of {@code recorded.intent} with its progress, in memory. */
record IntentRow(
        IntentId id,
        long number,
        @Nullable MemberId owner,
        Call call,
        Instant deadline,
        String state,
        Slots.@Nullable Place place,
        IntentStore.@Nullable Signature signature,
        int tries,
        int era,
        @Nullable Hash32 tx,
        long block,
        @Nullable String code) {

    IntentRow moved(String newState, @Nullable String why) {
        return new IntentRow(
                id, number, owner, call, deadline, newState, place, signature, tries, era, tx,
                block, why);
    }

    IntentRow inBlock(@Nullable Hash32 newTx, long newBlock) {
        return new IntentRow(
                id, number, owner, call, deadline, state, place, signature, tries, era, newTx,
                newBlock, code);
    }

    IntentRow placed(Slots.@Nullable Place newPlace, int newTries) {
        return new IntentRow(
                id,
                number,
                owner,
                call,
                deadline,
                state,
                newPlace,
                signature,
                newTries,
                newPlace == null ? 0 : newPlace.era(),
                tx,
                block,
                code);
    }

    IntentRow signed(IntentStore.@Nullable Signature newSignature) {
        return new IntentRow(
                id,
                number,
                owner,
                call,
                deadline,
                state,
                place,
                newSignature,
                tries,
                era,
                tx,
                block,
                code);
    }

    boolean of(Collection<Address> signers) {
        return call instanceof Call.Forward forward && signers.contains(forward.signer());
    }

    /** As the chain executed it. */
    IntentRow adopted(ExecutionRow by) {
        boolean sent = state.equals("SENT");
        return new IntentRow(
                id,
                number,
                owner,
                call,
                deadline,
                by.isFinal() ? "FINAL" : "IN_BLOCK",
                sent ? place : null,
                signature,
                tries,
                by.era(),
                by.execution().tx(),
                by.execution().block(),
                null);
    }

    boolean open() {
        return state.equals("WAITING") || state.equals("SENT");
    }
}
