/** Pictures over HTTP: brought in, and served to anyone under their hash. */
@NullMarked
package atelier.media.web;

import org.jspecify.annotations.NullMarked;
