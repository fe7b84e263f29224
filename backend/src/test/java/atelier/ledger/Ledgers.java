package atelier.ledger;

import atelier.chain.Projection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger's projection for tests of the pipeline, which know nothing of the ledger. */
public final class Ledgers {

    private Ledgers() {}

    /** The shipped projection on a database. */
    public static Projection on(JdbcClient database, JdbcTemplate template) {
        return new LedgerProjection(database, template);
    }
}
