package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Slots and attempts as rows of {@code recorded}. */
@Component
class SqlSlots implements Slots {

    // The few that are open first, whatever the planner believes of these tables.
    private static final String OPEN_ATTEMPTS =
            """
            WITH open AS MATERIALIZED (
                SELECT era, relayer, nonce FROM recorded.slot WHERE state = 'OPEN' AND era = :era)
            SELECT s.era, s.relayer, s.nonce, a.hash, a.max_fee, a.priority_fee, a.created
            FROM open s CROSS JOIN LATERAL (
                SELECT hash, max_fee, priority_fee, created FROM recorded.attempt
                WHERE era = s.era AND relayer = s.relayer AND nonce = s.nonce OFFSET 0) a
            """;

    private final JdbcClient database;

    SqlSlots(JdbcClient database) {
        this.database = database;
    }

    @Override
    public long nextNonce(int era, Address key, long countOnChain) {
        Long last =
                database.sql(
                                "SELECT max(nonce) FROM recorded.slot WHERE era = :era AND relayer ="
                                        + " :key")
                        .param("era", era)
                        .param("key", key.bytes())
                        .query(Long.class)
                        .optional()
                        .orElse(null);
        return last == null ? countOnChain : Math.max(last + 1, countOnChain);
    }

    @Override
    public void open(Signed signed, Payload payload, long epoch) {
        Attempt attempt = signed.attempt();
        Place place = attempt.place();
        int at = place(payload.data(), signed.raw());
        boolean found = at >= 0;
        database.sql(
                        """
                        INSERT INTO recorded.slot (era, relayer, nonce, target, data, data_at,
                            data_length, gas_limit, epoch, created)
                        VALUES (:era, :key, :nonce, :target, :data, :at, :length, :gas, :epoch,
                            :created)
                        """)
                .param("era", place.era())
                .param("key", place.key().bytes())
                .param("nonce", place.nonce())
                .param("target", payload.target() == null ? null : payload.target().bytes())
                .param("data", found ? null : payload.data())
                .param("at", found ? at : null)
                .param("length", found ? payload.data().length : null)
                .param("gas", payload.gasLimit().longValueExact())
                .param("epoch", epoch)
                .param("created", attempt.created().atOffset(ZoneOffset.UTC))
                .update();
        add(signed);
    }

    /** Where a call stands in the bytes that were signed for it; -1 if it does not. */
    private static int place(byte[] data, byte[] raw) {
        int at = 0;
        while (at + data.length <= raw.length) {
            if (Arrays.equals(raw, at, at + data.length, data, 0, data.length)) {
                return at;
            }
            at++;
        }
        return -1;
    }

    @Override
    public void add(Signed signed) {
        Attempt attempt = signed.attempt();
        Place place = attempt.place();
        database.sql(
                        """
                        INSERT INTO recorded.attempt
                            (hash, era, relayer, nonce, raw, max_fee, priority_fee, created)
                        VALUES (:hash, :era, :key, :nonce, :raw, :max, :priority, :created)
                        """)
                .param("hash", attempt.hash().bytes())
                .param("era", place.era())
                .param("key", place.key().bytes())
                .param("nonce", place.nonce())
                .param("raw", signed.raw())
                .param("max", new BigDecimal(attempt.fees().max()))
                .param("priority", new BigDecimal(attempt.fees().priority()))
                .param("created", attempt.created().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public List<Attempt> open(int era) {
        return database.sql(OPEN_ATTEMPTS + "ORDER BY s.relayer, s.nonce, a.created")
                .param("era", era)
                .query(SqlSlots::attempt)
                .list();
    }

    @Override
    public List<Attempt> open(int era, Address key) {
        return database.sql(OPEN_ATTEMPTS + "WHERE s.relayer = :key ORDER BY s.nonce, a.created")
                .param("era", era)
                .param("key", key.bytes())
                .query(SqlSlots::attempt)
                .list();
    }

    @Override
    public Payload payload(Place place) {
        return database.sql(
                        """
                        SELECT s.target, s.gas_limit, coalesce(s.data, (
                            SELECT substr(a.raw, s.data_at + 1, s.data_length)
                            FROM recorded.attempt a
                            WHERE (a.era, a.relayer, a.nonce) = (s.era, s.relayer, s.nonce)
                            ORDER BY a.max_fee LIMIT 1)) AS data
                        FROM recorded.slot s
                        WHERE s.era = :era AND s.relayer = :key AND s.nonce = :nonce
                        """)
                .param("era", place.era())
                .param("key", place.key().bytes())
                .param("nonce", place.nonce())
                .query((row, _) -> {
                    byte[] target = row.getBytes("target");
                    return new Payload(
                            target == null ? null : Address.of(target),
                            row.getBytes("data"),
                            BigInteger.valueOf(row.getLong("gas_limit")));
                })
                .single();
    }

    @Override
    public byte[] raw(Attempt attempt) {
        return database.sql("SELECT raw FROM recorded.attempt WHERE era = :era AND hash = :hash")
                .param("era", attempt.place().era())
                .param("hash", attempt.hash().bytes())
                .query(byte[].class)
                .single();
    }

    @Override
    public void mined(Place place, Hash32 tx, long block, boolean succeeded) {
        database.sql(
                        """
                        UPDATE recorded.slot
                        SET state = 'MINED', tx = :tx, block = :block, succeeded = :succeeded
                        WHERE era = :era AND relayer = :key AND nonce = :nonce AND state = 'OPEN'
                        """)
                .param("tx", tx.bytes())
                .param("block", block)
                .param("succeeded", succeeded)
                .param("era", place.era())
                .param("key", place.key().bytes())
                .param("nonce", place.nonce())
                .update();
    }

    @Override
    public void gone(Place place) {
        database.sql(
                        "UPDATE recorded.slot SET state = 'GONE' WHERE era = :era AND relayer = :key"
                                + " AND nonce = :nonce AND state = 'OPEN'")
                .param("era", place.era())
                .param("key", place.key().bytes())
                .param("nonce", place.nonce())
                .update();
    }

    @Override
    public void finish(int era, long height) {
        database.sql(
                        "UPDATE recorded.slot SET state = 'FINAL' WHERE era = :era AND state ="
                                + " 'MINED' AND block <= :height")
                .param("era", era)
                .param("height", height)
                .update();
    }

    @Override
    public void revert(int era, long from) {
        database.sql(
                        """
                        UPDATE recorded.slot
                        SET state = 'OPEN', tx = NULL, block = NULL, succeeded = NULL
                        WHERE era = :era AND block >= :from AND state IN ('MINED', 'FINAL')
                        """)
                .param("era", era)
                .param("from", from)
                .update();
    }

    @Override
    public void forgot(int era, HighWater.Mark mark) {
        database.sql(
                        """
                        INSERT INTO recorded.forgotten AS f (era, relayer, next, until)
                        VALUES (:era, :key, :next, :until)
                        ON CONFLICT (era, relayer) DO UPDATE SET
                            next = greatest(f.next, excluded.next),
                            until = greatest(f.until, excluded.until)
                        """)
                .param("era", era)
                .param("key", mark.key().bytes())
                .param("next", mark.next())
                .param("until", mark.until().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public List<HighWater.Mark> forgotten(int era) {
        return database.sql(
                        "SELECT relayer, next, until FROM recorded.forgotten WHERE era = :era ORDER"
                                + " BY relayer")
                .param("era", era)
                .query((row, _) ->
                        new HighWater.Mark(
                                Address.of(row.getBytes("relayer")),
                                row.getLong("next"),
                                row.getTimestamp("until").toInstant()))
                .list();
    }

    @Override
    public void accounted(int era, HighWater.Mark mark) {
        database.sql(
                        "DELETE FROM recorded.forgotten WHERE era = :era AND relayer = :key AND next"
                                + " = :next AND until = :until")
                .param("era", era)
                .param("key", mark.key().bytes())
                .param("next", mark.next())
                .param("until", mark.until().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Attempt attempt(ResultSet row, int number) throws SQLException {
        return new Attempt(
                new Place(
                        row.getInt("era"),
                        Address.of(row.getBytes("relayer")),
                        row.getLong("nonce")),
                Hash32.of(row.getBytes("hash")),
                new Fees(
                        row.getBigDecimal("max_fee").toBigInteger(),
                        row.getBigDecimal("priority_fee").toBigInteger()),
                row.getTimestamp("created").toInstant());
    }
}
