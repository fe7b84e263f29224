package atelier;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Brings both schemas to this version before anything reads them. Each keeps its history inside
 * itself, so that {@code derived} may be dropped at will: the next start creates it anew and the
 * mirror fills it from the chain.
 */
@Configuration(proxyBeanMethods = false)
class Migrations {

    @Bean
    FlywayMigrationInitializer recordedSchema(DataSource database) {
        return migrate(database, "recorded");
    }

    @Bean
    FlywayMigrationInitializer derivedSchema(DataSource database) {
        return migrate(database, "derived");
    }

    private static FlywayMigrationInitializer migrate(DataSource database, String schema) {
        return new FlywayMigrationInitializer(
                Flyway.configure()
                        .dataSource(database)
                        .schemas(schema)
                        .defaultSchema(schema)
                        .locations("classpath:db/" + schema)
                        .outOfOrder(true)
                        .failOnMissingLocations(false)
                        .load());
    }
}
