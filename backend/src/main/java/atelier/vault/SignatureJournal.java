package atelier.vault;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.time.Clock;
import java.time.ZoneOffset;
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
