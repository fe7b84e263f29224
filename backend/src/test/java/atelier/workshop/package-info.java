/** What the workshop promises, against a mirror written by hand and against the real chain. */
@NullMarked
package atelier.workshop;

import org.jspecify.annotations.NullMarked;
