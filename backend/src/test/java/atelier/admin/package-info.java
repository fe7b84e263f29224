/** Tests of what admins do. */
@NullMarked
package atelier.admin;

import org.jspecify.annotations.NullMarked;
