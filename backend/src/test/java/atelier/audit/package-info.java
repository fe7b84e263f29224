/** The audit on real nodes, honest and lying ones. */
@NullMarked
package atelier.audit;

import org.jspecify.annotations.NullMarked;
