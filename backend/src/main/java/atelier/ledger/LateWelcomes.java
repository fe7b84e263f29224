package atelier.ledger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Looks, rather than waits to be told, whether owed welcomes can be issued: what is looked for
 * cannot be missed, neither by a restart nor between a joining and the block that brings the rules.
 */
@Component
class LateWelcomes {

    private static final Logger log = LoggerFactory.getLogger(LateWelcomes.class);
    private static final int AT_ONCE = 100;

    private final Issuance issuance;

    LateWelcomes(Issuance issuance) {
        this.issuance = issuance;
    }

    @Scheduled(fixedDelayString = "${atelier.ledger.welcome-every:2s}")
    void issue() {
        try {
            int issued = issuance.welcomeOwed(AT_ONCE);
            while (issued == AT_ONCE) {
                issued = issuance.welcomeOwed(AT_ONCE);
            }
        } catch (DataAccessException | TransactionException e) {
            log.debug("No late welcome this time: {}", e.getClass().getSimpleName());
        }
    }
}
