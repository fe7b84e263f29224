/** The market's pages and REST: through the door, like anyone else. */
@NullMarked
package atelier.market.web;

import org.jspecify.annotations.NullMarked;
