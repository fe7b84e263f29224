package atelier.vault;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every signature the vault gave: who, what kind, for which contract, which digest, when. */
@Repository
class SignatureJournal {

    private final JdbcClient db;
    private final Clock clock;

    SignatureJournal(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** One signature. */
    record Entry(
            String owner,
            Address key,
            String kind,
            long chainId,
            @Nullable Address contract,
            Hash32 digest) {}

    void recordAll(List<Entry> entries) {
        db.sql(
                        """
                        INSERT INTO recorded.vault_signature
                            (owner, address, kind, chain_id, contract, digest, signed_at)
                        SELECT owner, address, kind, chain_id, contract, digest, :now
                        FROM unnest(:owners::text[], :addresses::bytea[], :kinds::text[],
                                :chains::bigint[], :contracts::bytea[], :digests::bytea[])
                            AS e (owner, address, kind, chain_id, contract, digest)
                        """)
                .param("owners", entries.stream().map(Entry::owner).toArray(String[]::new))
                .param("addresses", bytes(entries, Entry::key))
                .param("kinds", entries.stream().map(Entry::kind).toArray(String[]::new))
                .param("chains", entries.stream().map(Entry::chainId).toArray(Long[]::new))
                .param("contracts", bytes(entries, Entry::contract))
                .param(
                        "digests",
                        entries.stream().map(e -> e.digest().bytes()).toArray(byte[][]::new))
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static byte[] @Nullable [] bytes(
            List<Entry> entries, Function<Entry, @Nullable Address> address) {
        byte[] @Nullable [] all = new byte[entries.size()][];
        for (int i = 0; i < all.length; i++) {
            Address one = address.apply(entries.get(i));
            all[i] = one == null ? null : one.bytes();
        }
        return all;
    }

    void record(
            String owner,
            Address key,
            String kind,
            long chainId,
            @Nullable Address contract,
            Hash32 digest) {
        db.sql(
                        """
                        INSERT INTO recorded.vault_signature
                            (owner, address, kind, chain_id, contract, digest, signed_at)
                        VALUES (:owner, :address, :kind, :chain, :contract, :digest, :now)
                        """)
                .param("owner", owner)
                .param("address", key.bytes())
                .param("kind", kind)
                .param("chain", chainId)
                .param("contract", contract == null ? null : contract.bytes())
                .param("digest", digest.bytes())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }
}
