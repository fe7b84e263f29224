/**
 * The community rules. Who has a seat and since when, what is proposed and how it was voted, what
 * was decided and waits for its time, and how far power has gone from those who run the place to
 * those who live in it: all of it is what the chain said, mirrored; a command only ever submits an
 * intent.
 */
@ApplicationModule(
        displayName = "Governance",
        allowedDependencies = {
            "kernel",
            "vault",
            "identity",
            "chain",
            "ledger",
            "rules",
            "media",
            "web",
            "workshop"
        })
@NullMarked
package atelier.governance;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
