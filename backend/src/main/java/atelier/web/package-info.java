/**
 * What every page and call passes through. Filters settle who is asking: a session that holds a
 * member's id, or a token in a header. {@link atelier.web.Accounts} is what they have to know about
 * members, answered by whoever knows; {@link atelier.web.CurrentMember} is what handlers are told.
 * Each handler names its role ({@code @RolesAllowed}, {@code @PermitAll}); one that names none is
 * closed. What goes wrong is told in words and a code, as problem+json on the API and as a page
 * elsewhere; the unforeseen gets a number and nothing more.
 */
@NullMarked
@ApplicationModule(displayName = "Web", allowedDependencies = "kernel")
package atelier.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
