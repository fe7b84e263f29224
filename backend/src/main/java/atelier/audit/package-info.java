/**
 * {@code audit} at the terminal: an auditor's way to check the community from a node and the
 * Directory's address alone. It knows no database, no API and no setting of the application; the
 * chain's events go through the same pure function as everybody's ({@link
 * atelier.profit.Statements}), and what was published, paid and charged is held against that.
 * Nobody depends on it.
 */
@ApplicationModule(
        displayName = "Audit",
        allowedDependencies = {"chain", "kernel", "profit"})
@NullMarked
package atelier.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
