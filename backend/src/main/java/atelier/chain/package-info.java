/**
 * The way to the chain and back. A command submits an {@link atelier.chain.Intents intent} in the
 * transaction that writes its own rows and answers at once; a sender packs waiting intents into
 * transactions, stores the signed bytes and only then sends them. A reader mirrors blocks and logs
 * into {@code derived}, runs every module's {@link atelier.chain.Projection} and settles the
 * intents it finds there, all in one transaction per range of blocks. Neither half ever waits for
 * the other; they meet in the chain. What is sent for everybody, by whichever process looks first,
 * is an {@link atelier.chain.Errands errand}: an intent that is submitted once and again if it came
 * to nothing.
 */
@ApplicationModule(
        displayName = "Chain",
        allowedDependencies = {"kernel", "vault", "web"})
@NullMarked
package atelier.chain;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
