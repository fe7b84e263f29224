/** The pipeline against a real chain and a real database. */
@NullMarked
package atelier.chain;

import org.jspecify.annotations.NullMarked;
