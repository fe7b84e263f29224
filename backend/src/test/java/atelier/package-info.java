/** Tests of the application as a whole and of its architecture. */
@NullMarked
package atelier;

import org.jspecify.annotations.NullMarked;
