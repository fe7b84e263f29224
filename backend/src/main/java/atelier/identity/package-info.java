/**
 * Members: who they are to each other, how they sign in, what they may do. {@link
 * atelier.identity.Members} registers them, each with an account in the vault and a {@link
 * atelier.identity.MemberJoined} for whoever welcomes them; {@link atelier.identity.SignIn} opens
 * the door by password, slowly for those who guess; {@link atelier.identity.ApiTokens} lets their
 * programs in; {@link atelier.identity.SetUp} makes the first admin of an empty place. E-mail
 * addresses and passwords stay inside.
 */
@NullMarked
@ApplicationModule(
        displayName = "Identity",
        allowedDependencies = {"kernel", "vault", "web"})
package atelier.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
