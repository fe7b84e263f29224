/**
 * Who gets what of an epoch's profit. {@code docs/statement.md} is the specification, and {@link
 * atelier.profit.Statements} is its function: facts that the chain's events state go in, statements
 * come out, with the text whose SHA-256 is published and the {@link atelier.profit.ShareTree} whose
 * root is. The function reads no clock, database or chain, so that whoever has the same facts has
 * the same bytes; under other rules it says who would have won and lost ({@link
 * atelier.profit.Replays}). What a contract's log states is read in one place, wherever the log
 * comes from ({@link atelier.profit.FactReader}).
 *
 * <p>{@link atelier.profit.Profit} is the door to what becomes of it here: epochs are closed when
 * they are over, every closed epoch's statement is made of the mirrored logs and kept, operators
 * publish it, and once it counts its shares are paid to everybody. {@link atelier.profit.Costs} is
 * the door to what the treasury pays, {@link atelier.profit.Challenge} to what speaks against a
 * statement before it counts.
 */
@ApplicationModule(
        displayName = "Profit",
        allowedDependencies = {
            "kernel",
            "web",
            "identity",
            "chain",
            "rules",
            "media",
            "ledger",
            "workshop",
            "governance"
        })
@NullMarked
package atelier.profit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
