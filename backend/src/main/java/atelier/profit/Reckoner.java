package atelier.profit;

import atelier.chain.Topics;
import atelier.kernel.Hash32;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a statement for every epoch that the mirror says is closed and that has none, one after
 * another: each goes on from the one that is kept before it, once its text has proved to be whole.
 */
@Component
class Reckoner {

    private static final Logger log = LoggerFactory.getLogger(Reckoner.class);

    /** A statement, the events behind its lines, and the block that its facts were read to. */
    private record Made(Statement statement, Trail trail, long height, Hash32 hash) {}

    private final MirroredFacts facts;
    private final Epochs epochs;
    private final KeptStatements kept;
    private final Supplier<ShareDomain> domain;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    Reckoner(
            MirroredFacts facts,
            Epochs epochs,
            KeptStatements kept,
            Supplier<ShareDomain> domain,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.facts = facts;
        this.epochs = epochs;
        this.kept = kept;
        this.domain = domain;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Makes what is missing; statements that cannot be made are tried again at the next look. */
    void reckon() {
        try {
            while (kept.epochs().size() < epochs.all().size() - 1 && makeNext()) {
                log.debug("Made a statement; looking for the next");
            }
        } catch (KeptStatements.Unsound e) {
            log.error("{}. It is made anew.", e.getMessage());
            transaction.executeWithoutResult(_ -> kept.dropAfter(e.epoch() - 1));
        } catch (IllegalArgumentException e) {
            log.error("No statement can be made of what is mirrored: {}", e.getMessage());
        }
    }

    /** Whether one was kept, so that it is worth while to look for the next. */
    private boolean makeNext() {
        return facts.read(this::next)
                .flatMap(made -> made)
                .filter(made -> Boolean.TRUE.equals(transaction.execute(_ -> keep(made))))
                .isPresent();
    }

    private Optional<Made> next(MirroredFacts.Reading reading) {
        Outline outline = reading.outline();
        Set<Long> known = kept.epochs();
        return outline.closed().stream()
                .filter(epoch -> !known.contains(epoch.number()))
                .findFirst()
                .map(epoch -> make(epoch, outline, reading));
    }

    private Made make(Epoch epoch, Outline outline, MirroredFacts.Reading reading) {
        Opening opening = kept.opening(epoch, outline);
        Trail trail = new Trail();
        Statement statement =
                reading.during(
                        List.of(epoch),
                        during ->
                                Statements.one(
                                        domain.get(), outline, opening, epoch, during, trail));
        return new Made(statement, trail, reading.height(), reading.hash());
    }

    /**
     * Unless the reader has taken back meanwhile what this was made of; it waits while we write.
     */
    private boolean keep(Made made) {
        jdbc.sql("SELECT 1 FROM derived.cursor FOR UPDATE").query(Integer.class).single();
        if (canonical(made.height()).filter(made.hash()::equals).isEmpty()
                || refusedSince(made.height())
                || kept.epochs().contains(made.statement().epoch().number())) {
            return false;
        }
        kept.keep(made.statement(), made.trail(), made.height());
        return true;
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
