/** Tests of the vault, on a real database where it needs one. */
@NullMarked
package atelier.vault;

import org.jspecify.annotations.NullMarked;
