/**
 * Where works come from: supplies are bought, recipes are followed, pictures become works.
 *
 * <p>{@link Workshop} is the door for reading: supplies, recipes, quotes and works, as the mirror
 * has them. {@link Studio} is the door for members' commands: drafts, making, buying, proposing.
 * {@link Curator} is the door for those who run the place: approving and retiring recipes,
 * defining, pricing and restocking supplies. A quote is computed from the mirror exactly as the
 * contract computes it, and what a member confirms is the most that the contract may take. Other
 * modules add their part to a work's page through {@link WorkPanel}, and to the page of one's own
 * works through {@link ShelfPanel}.
 */
@ApplicationModule(
        displayName = "Workshop",
        allowedDependencies = {
            "kernel",
            "vault",
            "identity",
            "chain",
            "ledger",
            "rules",
            "media",
            "web"
        })
@NullMarked
package atelier.workshop;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
