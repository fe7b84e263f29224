/** How far something is, as a page, a stream of steps and a call. */
@NullMarked
package atelier.chain.web;

import org.jspecify.annotations.NullMarked;
