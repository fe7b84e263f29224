package atelier.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import atelier.vault.Seal.BrokenSeal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The key that seals every member's key. It lies in the database wrapped under the root secret, so
 * that neither the database nor the file is enough alone.
 */
@Component
class DataKey {

    private static final int LENGTH = 32;
    private static final byte[] CONTEXT = "atelier/vault/data-key".getBytes(UTF_8);

    private final Seal seal;

    @Autowired
    DataKey(
            JdbcClient db,
            Clock clock,
            @Value("${atelier.vault.root-secret-file:${atelier.data:.atelier}/secrets/root.key}")
                    Path file) {
        this(db, clock, file, new SecureRandom());
    }

    DataKey(JdbcClient db, Clock clock, Path file, SecureRandom random) {
        Optional<byte[]> wrapped = find(db);
        RootSecret root =
                wrapped.isPresent() ? RootSecret.read(file) : RootSecret.readOrCreate(file, random);
        Seal wrapping = new Seal(root.wrappingKey(), random);
        byte[] key =
                open(wrapping, wrapped.orElseGet(() -> create(db, clock, wrapping, random)), file);
        this.seal = new Seal(new SecretKeySpec(key, "AES"), random);
    }

    Seal seal() {
        return seal;
    }

    private static byte[] open(Seal wrapping, byte[] wrapped, Path file) {
        try {
            return wrapping.open(wrapped, CONTEXT);
        } catch (BrokenSeal e) {
            throw new RootSecretRefused(
                    "The root secret in " + file + " is not the one that sealed this vault.",
                    "Put back the file that belongs to this database, or point Atelier at the"
                            + " database that belongs to this file. Nothing was changed.",
                    e);
        }
    }

    /** Keeps the first key written, should two processes start at once. */
    private static byte[] create(JdbcClient db, Clock clock, Seal wrapping, SecureRandom random) {
        byte[] key = new byte[LENGTH];
        random.nextBytes(key);
        db.sql(
                        """
                        INSERT INTO recorded.vault_data_key (id, wrapped, made_at)
                        VALUES (1, :wrapped, :now) ON CONFLICT (id) DO NOTHING
                        """)
                .param("wrapped", wrapping.close(key, CONTEXT))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return find(db).orElseThrow();
    }

    private static Optional<byte[]> find(JdbcClient db) {
        return db.sql("SELECT wrapped FROM recorded.vault_data_key WHERE id = 1")
                .query(byte[].class)
                .optional();
    }
}
