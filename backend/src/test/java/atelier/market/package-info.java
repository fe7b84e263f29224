/** What the market promises, as facts. */
@NullMarked
package atelier.market;

import org.jspecify.annotations.NullMarked;
