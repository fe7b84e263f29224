package atelier.profit;

import atelier.chain.Mirror;
import atelier.chain.MirrorStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks from time to time whether a statement is missing, once the mirror has caught up. */
@Component
class ReckoningRound {

    private final Mirror mirror;
    private final Reckoner reckoner;

    ReckoningRound(Mirror mirror, Reckoner reckoner) {
        this.mirror = mirror;
        this.reckoner = reckoner;
    }

    @Scheduled(fixedDelayString = "${atelier.profit.reckon-every:3s}")
    void look() {
        if (mirror.status().filter(MirrorStatus::caughtUp).isPresent()) {
            reckoner.reckon();
        }
    }
}
