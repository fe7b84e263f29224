package atelier.governance;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Looks, rather than waits to be told, who is still without a seat: nobody can be missed. */
@Component
class SeatRound {

    private static final Logger log = LoggerFactory.getLogger(SeatRound.class);

    private final SeatGiving giving;

    SeatRound(SeatGiving giving) {
        this.giving = giving;
    }

    @Scheduled(fixedDelayString = "${atelier.governance.seats-every:2s}")
    void give() {
        try {
            giving.round();
        } catch (DataAccessException | TransactionException e) {
            log.debug("No seat was given this time: {}", e.getClass().getSimpleName());
        }
    }
}
