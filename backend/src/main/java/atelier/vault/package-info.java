/**
 * Keys and what they sign. Every member and every system account has one random secp256k1 key,
 * sealed in the database and opened only inside {@link atelier.vault.Vault} for the time of one
 * signature. Three layers hold it: a root secret in a file outside the database, a data key wrapped
 * under a key derived from that secret, and each member's key sealed under the data key with its
 * owner and address bound to it, so that a row copied to another member does not open. What may be
 * signed is said beforehand by the modules that know: a domain and the names of its types. Every
 * signature leaves a line in a journal, in the transaction it was asked for.
 */
@NullMarked
@ApplicationModule(displayName = "Vault", allowedDependencies = "kernel")
package atelier.vault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
