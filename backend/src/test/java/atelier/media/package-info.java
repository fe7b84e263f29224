/** What becomes of uploads, honest and crafted. */
@NullMarked
package atelier.media;

import org.jspecify.annotations.NullMarked;
