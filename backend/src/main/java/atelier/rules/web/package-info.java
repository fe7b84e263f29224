/** The rules as everyone may read them, on a page and over the API. */
@NullMarked
package atelier.rules.web;

import org.jspecify.annotations.NullMarked;
