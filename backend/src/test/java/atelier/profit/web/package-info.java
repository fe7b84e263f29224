/** Tests of what is handed out about profit. */
@NullMarked
package atelier.profit.web;

import org.jspecify.annotations.NullMarked;
