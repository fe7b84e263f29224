/** Pages and API of identity: join, sign in and out, set up, who is who. */
@NullMarked
package atelier.identity.web;

import org.jspecify.annotations.NullMarked;
