/** What the kernel's types promise. */
@NullMarked
package atelier.kernel;

import org.jspecify.annotations.NullMarked;
