/** Recipes, supplies, the studio and the works' pages, and the same for programs. */
@NullMarked
package atelier.workshop.web;

import org.jspecify.annotations.NullMarked;
