/**
 * Who gets what of an epoch's profit. {@code docs/statement.md} is the specification, and this is
 * its function: facts that the chain's events state go in, {@link atelier.profit.Statements} come
 * out, with the text whose SHA-256 is published and the {@link atelier.profit.ShareTree} whose root
 * is. The function reads no clock, database or chain, so that whoever has the same facts has the
 * same bytes; under other rules it says who would have won and lost ({@link
 * atelier.profit.Replay}). What a contract's log states is read in one place, wherever the log
 * comes from ({@link atelier.profit.FactReader}).
 */
@ApplicationModule(
        displayName = "Profit",
        allowedDependencies = {"chain", "kernel"})
@NullMarked
package atelier.profit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
