package atelier.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/**
 * A test of the whole application while its chain does not answer: of what needs no chain, and of
 * what must not wait for one. A database that is away is noticed quickly.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@AtelierTest
@TestPropertySource(
        properties = {
            "atelier.chain.rpc-url=http://127.0.0.1:1",
            "spring.datasource.hikari.connection-timeout=2000"
        })
public @interface ChainlessTest {}
