/**
 * The public face: the landing page for guests and a home for members, a member's shelf, what this
 * place is, and {@code /proof}, where anyone can see how far the mirror is and that nothing is
 * missing from it. Composes what others know; nobody depends on it.
 */
@ApplicationModule(
        displayName = "Site",
        allowedDependencies = {
            "kernel",
            "web",
            "identity",
            "chain",
            "ledger",
            "rules",
            "workshop",
            "market"
        })
@NullMarked
package atelier.site;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
