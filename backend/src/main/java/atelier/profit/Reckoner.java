package atelier.profit;

import atelier.chain.Mirror;
import atelier.chain.MirrorStatus;
import atelier.chain.Topics;
import atelier.kernel.Hash32;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes a statement for every epoch that the mirror says is closed and that has none. */
@Component
class Reckoner {

    private static final Logger log = LoggerFactory.getLogger(Reckoner.class);

    private final MirroredFacts facts;
    private final Epochs epochs;
    private final KeptStatements kept;
    private final Mirror mirror;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Reckoner(
            MirroredFacts facts,
            Epochs epochs,
            KeptStatements kept,
            Mirror mirror,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.facts = facts;
        this.epochs = epochs;
        this.kept = kept;
        this.mirror = mirror;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @Scheduled(fixedDelayString = "${atelier.profit.reckon-every:3s}")
    void look() {
        if (mirror.status().filter(MirrorStatus::caughtUp).isPresent()) {
            reckon();
        }
    }

    /** Makes what is missing; statements that cannot be made are tried again at the next look. */
    void reckon() {
        if (kept.epochs().size() >= epochs.all().size() - 1) {
            return;
        }
        facts.all()
                .ifPresent(reading -> {
                    try {
                        List<Statement> all = Statements.of(reading.domain(), reading.facts());
                        transaction.executeWithoutResult(_ -> keep(all, reading));
                    } catch (IllegalArgumentException e) {
                        log.error(
                                "No statement can be made of what is mirrored: {}", e.getMessage());
                    }
                });
    }

    /**
     * Unless the reader has taken back meanwhile what this was made of; it waits while we write.
     */
    private void keep(List<Statement> all, MirroredFacts.Reading reading) {
        jdbc.sql("SELECT 1 FROM derived.cursor FOR UPDATE").query(Integer.class).single();
        if (canonical(reading.height()).filter(reading.hash()::equals).isEmpty()
                || refusedSince(reading.height())) {
            return;
        }
        var known = kept.epochs();
        all.stream()
                .filter(one -> !known.contains(one.epoch().number()))
                .forEach(one -> kept.keep(one, reading.height()));
    }

    private boolean refusedSince(long height) {
        return jdbc.sql(
                        """
                        SELECT EXISTS (SELECT FROM derived.log
                            WHERE canonical AND contract = 'ProfitShare' AND topic0 = :cancelled
                              AND block_number > :height)
                        """)
                .param("cancelled", Topics.CANCELLED.bytes())
                .param("height", height)
                .query(Boolean.class)
                .single();
    }

    private Optional<Hash32> canonical(long height) {
        return jdbc.sql("SELECT hash FROM derived.block WHERE canonical AND number = :height")
                .param("height", height)
                .query((row, _) -> Hash32.of(row.getBytes("hash")))
                .optional();
    }
}
