package atelier;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.testing.AtelierTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@AtelierTest
class AtelierTests {

    @Autowired JdbcClient database;

    @Test
    void keepsAHistoryOfMigrationsInsideEachSchema() {
        assertThat(
                        database.sql(
                                        "SELECT schemaname FROM pg_tables WHERE tablename ="
                                                + " 'flyway_schema_history' ORDER BY 1")
                                .query(String.class)
                                .list())
                .containsExactly("derived", "recorded");
    }
}
