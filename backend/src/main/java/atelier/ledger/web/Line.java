package atelier.ledger.web;

import atelier.kernel.TokenAmount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of a member's statement.
 *
 * @param words what happened, with the other side's name in it
 * @param note what an admin wrote to a grant; null where nobody wrote anything
 * @param state {@code b} in a block, {@code f} final
 * @param receipt where the sale behind the line is written out; null for anything else
 */
record Line(
        Instant at,
        String words,
        @Nullable String note,
        TokenAmount amount,
        TokenAmount balance,
        String state,
        String tx,
        @Nullable String receipt) {}
