package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import atelier.testing.AtelierTest;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** A crowd at the door that has every connection of its pool keeps the pipeline from nothing. */
@AtelierTest
class PipelineConnectionsTests {

    private static final Duration LONG = Duration.ofMinutes(3);

    private final List<Connection> taken = new ArrayList<>();

    @Autowired DataSource database;
    @Autowired Contracts contracts;
    @Autowired Intents intents;
    @Autowired TransactionTemplate transactions;

    @AfterEach
    void giveBack() throws SQLException {
        for (Connection one : taken) {
            one.close();
        }
    }

    @Test
    void sendsAndMirrorsWhileTheDoorHasNoConnectionLeft() throws SQLException {
        await().atMost(LONG).until(contracts::deployed);
        int most = database.unwrap(HikariDataSource.class).getMaximumPoolSize();

        Intent intent =
                Objects.requireNonNull(
                        transactions.execute(_ -> {
                            Intent submitted = intents.submit(issue());
                            take(most - 1);
                            return submitted;
                        }));
        take(1);

        JdbcClient mine = JdbcClient.create(new SingleConnectionDataSource(taken.getFirst(), true));
        await().atMost(LONG).until(() -> state(mine, intent).equals("IN_BLOCK"));
        assertThat(taken).hasSize(most);
    }

    private void take(int count) {
        try {
            for (int i = 0; i < count; i++) {
                taken.add(database.getConnection());
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String state(JdbcClient database, Intent intent) {
        return database.sql("SELECT state FROM recorded.progress WHERE id = :id")
                .param("id", intent.id().hash().bytes())
                .query(String.class)
                .single();
    }

    private static IntentRequest issue() {
        String purpose = UUID.randomUUID().toString();
        return new IntentRequest(
                null,
                "test.issue",
                purpose,
                new Call.Issue(
                        Address.parse("0x00000000000000000000000000000000000000aa"),
                        TokenAmount.ofUnits(1)),
                null,
                IntentRequest.hashOf(purpose),
                Instant.now().plus(LONG),
                null);
    }
}
