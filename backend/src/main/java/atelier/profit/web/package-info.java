/** Epochs, statements, shares and what other rules would mean: their pages and REST. */
@NullMarked
package atelier.profit.web;

import org.jspecify.annotations.NullMarked;
