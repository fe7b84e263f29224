/** The real parts that tests run against, started once. */
@NullMarked
package atelier.testing;

import org.jspecify.annotations.NullMarked;
