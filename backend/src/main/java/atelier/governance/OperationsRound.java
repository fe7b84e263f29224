package atelier.governance;

import atelier.kernel.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Looks now and then whether something in the timelock has waited long enough. */
@Component
class OperationsRound {

    private static final Logger log = LoggerFactory.getLogger(OperationsRound.class);

    private final Operations operations;

    OperationsRound(Operations operations) {
        this.operations = operations;
    }

    @Scheduled(fixedDelayString = "${atelier.governance.operations-every:2s}")
    void carryOut() {
        try {
            operations.carryOut();
        } catch (DataAccessException | TransactionException | Refused e) {
            log.debug("Nothing was carried out this time: {}", e.getClass().getSimpleName());
        }
    }
}
