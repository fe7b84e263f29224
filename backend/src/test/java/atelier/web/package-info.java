/** Tests of what every page and call passes through. */
@NullMarked
package atelier.web;

import org.jspecify.annotations.NullMarked;
