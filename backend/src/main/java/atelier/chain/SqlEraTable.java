package atelier.chain;

import atelier.kernel.Hash32;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Eras as rows of {@code recorded}. */
@Component
class SqlEraTable implements EraTable {

    private final JdbcClient database;

    SqlEraTable(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Optional<Era> latest() {
        return database.sql("SELECT * FROM recorded.era ORDER BY era DESC LIMIT 1")
                .query((row, _) -> {
                    byte[] first = row.getBytes("first_block");
                    return new Era(
                            row.getInt("era"),
                            row.getLong("chain_id"),
                            Hash32.of(row.getBytes("genesis")),
                            first == null ? null : Hash32.of(first));
                })
                .optional();
    }

    @Override
    public Optional<Hash32> anyMined(int era) {
        return database.sql(
                        "SELECT tx FROM recorded.slot WHERE era = :era AND tx IS NOT NULL LIMIT 1")
                .param("era", era)
                .query((row, _) -> Hash32.of(row.getBytes("tx")))
                .optional();
    }

    @Override
    public void begin(Era era, Instant now) {
        database.sql("SELECT name FROM recorded.lease WHERE name = 'sender' FOR UPDATE")
                .query(String.class)
                .optional();
        Hash32 first = era.firstBlock();
        database.sql(
                        """
                        INSERT INTO recorded.era (era, chain_id, genesis, first_block, began)
                        VALUES (:era, :chainId, :genesis, :first, :began)
                        ON CONFLICT DO NOTHING
                        """)
                .param("era", era.number())
                .param("chainId", era.chainId())
                .param("genesis", era.genesis().bytes())
                .param("first", first == null ? null : first.bytes())
                .param("began", now.atOffset(ZoneOffset.UTC))
                .update();
        database.sql(
                        "UPDATE recorded.progress SET state = 'LOST' WHERE era < :era AND"
                                + " state IN ('SENT', 'IN_BLOCK')")
                .param("era", era.number())
                .update();
        database.sql(
                        "UPDATE recorded.progress SET forward_nonce = NULL, forward_until = NULL WHERE"
                                + " state IN ('WAITING', 'FAILED') AND block IS NULL AND"
                                + " forward_until IS NOT NULL")
                .update();
    }

    @Override
    public void complete(int era, Hash32 firstBlock) {
        database.sql(
                        "UPDATE recorded.era SET first_block = :first WHERE era = :era AND"
                                + " first_block IS NULL")
                .param("first", firstBlock.bytes())
                .param("era", era)
                .update();
    }
}
