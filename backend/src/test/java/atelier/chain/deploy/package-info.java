/** The plan of a deployment and the chains it is refused on. */
@NullMarked
package atelier.chain.deploy;

import org.jspecify.annotations.NullMarked;
