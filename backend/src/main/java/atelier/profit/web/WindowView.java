package atelier.profit.web;

import atelier.kernel.TokenAmount;
import atelier.profit.Challenge.Voice;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What can still be said against a statement, and what decides where somebody did.
 *
 * @param needed seats that hold it
 * @param guard who can hold it alone; null where nobody can
 * @param voice how the reader stands to it; null for a guest
 * @param mayHold whether the reader can hold it alone
 * @param hold null unless it waits for a vote
 */
record WindowView(
        long epoch,
        Instant countsFrom,
        int objections,
        int needed,
        @Nullable Guard guard,
        @Nullable Voice voice,
        boolean mayHold,
        @Nullable HoldView hold) {

    /** Who guards, and until when. */
    record Guard(String name, Instant until) {}

    /**
     * That it waits for a vote.
     *
     * @param byGuardian whether whoever guards held it; otherwise enough seats
     * @param funding what goes back to the treasury if the vote ends it
     * @param councilSits whether the council may propose anything
     * @param questions what is put to the vote about it
     */
    record HoldView(
            boolean byGuardian,
            Instant since,
            TokenAmount funding,
            boolean councilSits,
            List<Question> questions) {}

    /** A proposal that decides, in its own words. */
    record Question(String id, String words) {}

    public boolean open() {
        return hold == null;
    }

    /** Lower case, as in messages. */
    public String voiceKey() {
        return voice == null ? "guest" : voice.name().toLowerCase(Locale.ROOT);
    }
}
