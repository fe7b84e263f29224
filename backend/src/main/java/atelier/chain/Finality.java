package atelier.chain;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Up to which height blocks are final, in {@code recorded}: one row for all that is in them. */
final class Finality {

    private final JdbcClient database;

    Finality(JdbcClient database) {
        this.database = database;
    }

    /** Blocks up to this height are final, as those below some other were before. */
    void raise(int era, long height) {
        database.sql(
                        """
                        INSERT INTO recorded.finality AS f (era, height) VALUES (:era, :height)
                        ON CONFLICT (era) DO UPDATE SET height = excluded.height
                            WHERE f.height < excluded.height
                        """)
                .param("era", era)
                .param("height", height)
                .update();
    }

    /** A reorg took the blocks from this height on, final or not. */
    void revert(int era, long from) {
        database.sql(
                        "UPDATE recorded.finality SET height = :from - 1 WHERE era = :era AND height"
                                + " >= :from")
                .param("era", era)
                .param("from", from)
                .update();
    }
}
