@NullMarked
package atelier.devnet;

import org.jspecify.annotations.NullMarked;
