package atelier.profit;

import atelier.chain.Topics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The epochs that the treasury opened. */
@Component
class Epochs {

    private static final String SELECT =
            """
            SELECT derived.topic_uint(topic1) AS number, derived.uint(data, 0) AS starts,
                derived.uint(data, 1) AS ends, block_number
            FROM derived.log
            WHERE canonical AND contract = 'Treasury' AND topic0 = :opened
            ORDER BY block_number DESC, log_index DESC
            """;

    /** An epoch, and the block in which it was opened. */
    record Opened(Epoch epoch, long block) {}

    private final JdbcClient jdbc;

    Epochs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The one that was opened last, whether it is over or not. */
    Optional<Opened> newest() {
        return jdbc.sql(SELECT + "LIMIT 1")
                .param("opened", Topics.EPOCH_OPENED.bytes())
                .query(Epochs::opened)
                .optional();
    }

    /** All, newest first. */
    List<Opened> all() {
        return jdbc.sql(SELECT)
                .param("opened", Topics.EPOCH_OPENED.bytes())
                .query(Epochs::opened)
                .list();
    }

    private static Opened opened(ResultSet row, int number) throws SQLException {
        return new Opened(
                new Epoch(row.getLong("number"), row.getLong("starts"), row.getLong("ends")),
                row.getLong("block_number"));
    }
}
