/** Statements and their trees, held against their specification and against each other. */
@NullMarked
package atelier.profit;

import org.jspecify.annotations.NullMarked;
