/** The council's pages and REST: through the doors, like anyone else. */
@NullMarked
package atelier.governance.web;

import org.jspecify.annotations.NullMarked;
