/**
 * Atelier: members' points and works on a chain, mirrored in PostgreSQL, ruled by the community.
 */
@NullMarked
package atelier;

import org.jspecify.annotations.NullMarked;
