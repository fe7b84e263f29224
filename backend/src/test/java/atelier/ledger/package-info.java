/** What holds of ledger, against a real PostgreSQL. */
@NullMarked
package atelier.ledger;

import org.jspecify.annotations.NullMarked;
