/**
 * The toolkit that pages are made of, without a page of its own: the frame around every page, the
 * words for numbers and times, works in their mats, receipts and recipes drawn to scale, and who
 * may come in. Features hand it small records and get the same calm look everywhere.
 *
 * <p>Filters settle who is asking: a session that holds a member's id, or a token in a header.
 * {@link atelier.web.Accounts} is what they have to know about members, answered by whoever knows;
 * {@link atelier.web.CurrentMember} is what handlers are told. Each handler names its role
 * ({@code @RolesAllowed}, {@code @PermitAll}); one that names none is closed. What goes wrong is
 * told in words and a code, as problem+json on the API and as a page elsewhere; the unforeseen gets
 * a number and nothing more.
 */
@NullMarked
@ApplicationModule(displayName = "Web", allowedDependencies = "kernel")
package atelier.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
