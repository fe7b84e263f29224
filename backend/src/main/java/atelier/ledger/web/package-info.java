/** A member's own points, and for everyone the proof that all of it adds up. */
@NullMarked
package atelier.ledger.web;

import org.jspecify.annotations.NullMarked;
