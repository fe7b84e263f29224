/**
 * The console of those who run the community: rules, recipes, supplies, members, points. Composes
 * the doors of other modules; nobody depends on it.
 */
@ApplicationModule(displayName = "Admin")
@NullMarked
package atelier.admin;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
