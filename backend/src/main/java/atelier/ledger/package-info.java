/**
 * Who holds what, and why: the double-entry mirror of every transfer of points, supplies and works
 * ({@link atelier.ledger.Ledger}). Each transfer is two postings that sum to zero; a holding is the
 * sum of its postings, so any past block can be asked for, and a reorganised chain is a reversal.
 * Commands that will spend points put a hold on them first; points are issued from here, and a
 * welcome is owed until the rules are read.
 */
@ApplicationModule(
        displayName = "Ledger",
        allowedDependencies = {"kernel", "chain", "identity", "rules", "web"})
@NullMarked
package atelier.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
