/** Tests of identity's pages and calls, over HTTP. */
@NullMarked
package atelier.identity.web;

import org.jspecify.annotations.NullMarked;
