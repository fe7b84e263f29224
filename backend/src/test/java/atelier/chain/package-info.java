/** The pipeline against a real chain and a real database, and in thousands of simulated lives. */
@NullMarked
package atelier.chain;

import org.jspecify.annotations.NullMarked;
