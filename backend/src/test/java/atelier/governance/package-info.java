/** The council's tests. */
@NullMarked
package atelier.governance;

import org.jspecify.annotations.NullMarked;
