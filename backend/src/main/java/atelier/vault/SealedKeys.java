package atelier.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import atelier.kernel.Address;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The keys as they lie in the database: each sealed, its owner and address bound to it. */
@Repository
class SealedKeys {

    private final JdbcClient db;
    private final Clock clock;
    private final DataKey dataKey;
    private final SecureRandom random = new SecureRandom();

    SealedKeys(JdbcClient db, Clock clock, DataKey dataKey) {
        this.db = db;
        this.clock = clock;
        this.dataKey = dataKey;
    }

    /** Makes and stores a key; the owner's first one stays if there is one already. */
    boolean create(String owner) {
        SecretKey secret = SecretKey.random(random);
        Address address = secret.address();
        return db.sql(
                                """
                                INSERT INTO recorded.vault_key (address, owner, sealed, made_at)
                                VALUES (:address, :owner, :sealed, :now)
                                ON CONFLICT (owner) DO NOTHING
                                """)
                        .param("address", address.bytes())
                        .param("owner", owner)
                        .param("sealed", seal(secret, owner, address))
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Optional<Address> find(String owner) {
        return db.sql("SELECT address FROM recorded.vault_key WHERE owner = :owner")
                .param("owner", owner)
                .query(byte[].class)
                .optional()
                .map(Address::of);
    }

    /** Opens this owner's key at this address; empty if it is not theirs. */
    Optional<SecretKey> open(String owner, Address address) {
        return db.sql(
                        """
                        SELECT sealed FROM recorded.vault_key
                        WHERE owner = :owner AND address = :address
                        """)
                .param("owner", owner)
                .param("address", address.bytes())
                .query(byte[].class)
                .optional()
                .map(sealed -> open(sealed, owner, address));
    }

    /** A key and whose it is. */
    record Owned(String owner, SecretKey secret) {}

    /** Opens several keys; those that do not exist are left out. */
    Map<Address, Owned> openAll(Set<Address> addresses) {
        Map<Address, Owned> keys = new HashMap<>();
        db.sql("SELECT address, owner, sealed FROM recorded.vault_key WHERE address = ANY (:keys)")
                .param("keys", addresses.stream().map(Address::bytes).toArray(byte[][]::new))
                .query(row -> {
                    Address address = Address.of(row.getBytes("address"));
                    String owner = row.getString("owner");
                    keys.put(
                            address,
                            new Owned(owner, open(row.getBytes("sealed"), owner, address)));
                });
        return keys;
    }

    /** Those of several addresses whose keys are here. */
    Set<Address> known(Collection<Address> addresses) {
        return db.sql("SELECT address FROM recorded.vault_key WHERE address = ANY (:addresses)")
                .param("addresses", addresses.stream().map(Address::bytes).toArray(byte[][]::new))
                .query((row, _) -> Address.of(row.getBytes("address")))
                .set();
    }

    /** Whose key this is. */
    Optional<String> ownerOf(Address address) {
        return db.sql("SELECT owner FROM recorded.vault_key WHERE address = :address")
                .param("address", address.bytes())
                .query(String.class)
                .optional();
    }

    private byte[] seal(SecretKey secret, String owner, Address address) {
        return dataKey.seal().close(secret.bytes(), context(owner, address));
    }

    private SecretKey open(byte[] sealed, String owner, Address address) {
        return new SecretKey(dataKey.seal().open(sealed, context(owner, address)));
    }

    private static byte[] context(String owner, Address address) {
        return ("atelier/vault/key/" + address + "/" + owner).getBytes(UTF_8);
    }
}
