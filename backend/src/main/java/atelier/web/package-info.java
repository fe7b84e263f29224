/**
 * The toolkit every page and call passes through, without a screen of its own. Filters settle who
 * is asking: a session that holds a member's id, or a token in a header. {@link
 * atelier.web.Accounts} is what they have to know about members, answered by whoever knows; {@link
 * atelier.web.CurrentMember} is what handlers are told. Each handler names its role
 * ({@code @RolesAllowed}, {@code @PermitAll}); one that names none is closed. What goes wrong is
 * told in words and a code, as problem+json on the API and as a page elsewhere. Around it the look:
 * the frame of every page, the words for numbers and times, works in their mats, receipts and
 * recipes drawn to scale, from small records that features hand over.
 */
@NullMarked
@ApplicationModule(displayName = "Web", allowedDependencies = "kernel")
package atelier.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
