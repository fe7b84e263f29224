package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.vault.Vault;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;

/**
 * Nonces and the signed bytes that fill them. A slot is stored with its first attempt in one
 * transaction; until a receipt says otherwise it belongs to that call alone.
 */
@Component
class Slots {

    /** A nonce of one of our keys on one life of the chain. */
    record Place(int era, Address key, long nonce) {}

    /** What a slot is for. */
    @SuppressWarnings("ArrayRecordComponent")
    record Payload(@Nullable Address target, byte[] data, BigInteger gasLimit) {}

    /** Signed bytes for a slot, on their way. */
    @SuppressWarnings("ArrayRecordComponent")
    record Attempt(Place place, Hash32 hash, byte[] raw, Fees fees, Instant created) {}

    private static final String OPEN_ATTEMPTS =
            """
            SELECT a.* FROM recorded.attempt a
            JOIN recorded.slot s USING (era, relayer, nonce)
            WHERE s.state = 'OPEN' AND s.era = :era
            """;

    private final JdbcClient database;
    private final Vault vault;
    private final Clock clock;

    Slots(JdbcClient database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /** The nonce after everything we know of, on the chain or on its way. */
    long nextNonce(int era, Address key, long countOnChain) {
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

    /** Signs and stores; the bytes may leave once the caller's transaction has committed. */
    Attempt open(Place place, Payload payload, Fees fees, long chainId, long epoch) {
        database.sql(
                        """
                        INSERT INTO recorded.slot
                            (era, relayer, nonce, target, data, gas_limit, epoch, created)
                        VALUES (:era, :key, :nonce, :target, :data, :gas, :epoch, :created)
                        """)
                .param("era", place.era())
                .param("key", place.key().bytes())
                .param("nonce", place.nonce())
                .param("target", payload.target() == null ? null : payload.target().bytes())
                .param("data", payload.data())
                .param("gas", payload.gasLimit().longValueExact())
                .param("epoch", epoch)
                .param("created", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return attempt(place, payload, fees, chainId);
    }

    /** Signs the same call in the same slot for a higher fee. */
    Attempt replace(Place place, Fees fees, long chainId) {
        return attempt(place, payload(place), fees, chainId);
    }

    /** What can still end up in a block, oldest nonce and attempt first. */
    List<Attempt> open(int era) {
        return database.sql(OPEN_ATTEMPTS + "ORDER BY a.relayer, a.nonce, a.created")
                .param("era", era)
                .query(Slots::attempt)
                .list();
    }

    /** The same for one key. */
    List<Attempt> open(int era, Address key) {
        return database.sql(OPEN_ATTEMPTS + "AND s.relayer = :key ORDER BY a.nonce, a.created")
                .param("era", era)
                .param("key", key.bytes())
                .query(Slots::attempt)
                .list();
    }

    Payload payload(Place place) {
        return database.sql(
                        "SELECT target, data, gas_limit FROM recorded.slot WHERE era = :era AND"
                                + " relayer = :key AND nonce = :nonce")
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

    /** Says what a receipt said. */
    void mined(Place place, Hash32 tx, long block, boolean succeeded) {
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

    /** Says that the nonce went to a transaction of somebody else, for good. */
    void gone(Place place) {
        database.sql(
                        "UPDATE recorded.slot SET state = 'GONE' WHERE era = :era AND relayer = :key"
                                + " AND nonce = :nonce AND state = 'OPEN'")
                .param("era", place.era())
                .param("key", place.key().bytes())
                .param("nonce", place.nonce())
                .update();
    }

    private Attempt attempt(Place place, Payload payload, Fees fees, long chainId) {
        byte[] raw = vault.signTransaction(place.key(), transaction(place, payload, fees, chainId));
        Attempt attempt = new Attempt(place, Hash32.of(Hash.sha3(raw)), raw, fees, clock.instant());
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
                .param("raw", raw)
                .param("max", new BigDecimal(fees.max()))
                .param("priority", new BigDecimal(fees.priority()))
                .param("created", attempt.created().atOffset(ZoneOffset.UTC))
                .update();
        return attempt;
    }

    private static RawTransaction transaction(
            Place place, Payload payload, Fees fees, long chainId) {
        return RawTransaction.createTransaction(
                chainId,
                BigInteger.valueOf(place.nonce()),
                payload.gasLimit(),
                payload.target() == null ? "" : payload.target().toString(),
                BigInteger.ZERO,
                Bytes.hex(payload.data()),
                fees.priority(),
                fees.max());
    }

    private static Attempt attempt(ResultSet row, int number) throws SQLException {
        return new Attempt(
                new Place(
                        row.getInt("era"),
                        Address.of(row.getBytes("relayer")),
                        row.getLong("nonce")),
                Hash32.of(row.getBytes("hash")),
                row.getBytes("raw"),
                new Fees(
                        row.getBigDecimal("max_fee").toBigInteger(),
                        row.getBigDecimal("priority_fee").toBigInteger()),
                row.getTimestamp("created").toInstant());
    }
}
