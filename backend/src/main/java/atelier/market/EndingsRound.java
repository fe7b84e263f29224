package atelier.market;

import atelier.chain.Mirror;
import atelier.chain.MirrorStatus;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Has ended orders marked as blocks become final. */
@Component
class EndingsRound {

    private static final Logger log = LoggerFactory.getLogger(EndingsRound.class);

    private final Endings endings;
    private final Mirror mirror;

    EndingsRound(Endings endings, Mirror mirror) {
        this.endings = endings;
        this.mirror = mirror;
    }

    @Scheduled(fixedDelayString = "${atelier.market.sweep-every:5s}")
    void sweep() {
        try {
            Optional<MirrorStatus> status = mirror.status();
            while (status.isPresent() && endings.mark(status.get())) {
                status = mirror.status();
            }
        } catch (DataAccessException | TransactionException e) {
            log.debug("No order was marked this time: {}", e.getClass().getSimpleName());
        }
    }
}
