/**
 * Everything that makes Atelier run on a fresh machine with nothing set up: an embedded database
 * and the development chain, both started before the application and stopped after it, and a seeded
 * community. A production installation names its own database and chain and meets none of this.
 */
@ApplicationModule(displayName = "Demo")
@NullMarked
package atelier.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
