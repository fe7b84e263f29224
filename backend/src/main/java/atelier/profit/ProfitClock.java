package atelier.profit;

import atelier.chain.Mirror;
import atelier.chain.MirrorStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * The time that decides what is over: the newest mirrored block's, or the wall's less a little
 * where no block comes without a transaction.
 */
@Component
class ProfitClock {

    private static final Duration SLACK = Duration.ofSeconds(10);

    private final Mirror mirror;
    private final Clock clock;

    ProfitClock(Mirror mirror, Clock clock) {
        this.mirror = mirror;
        this.clock = clock;
    }

    Instant now() {
        Instant wall = clock.instant().minus(SLACK);
        return mirror.status().map(MirrorStatus::time).filter(wall::isBefore).orElse(wall);
    }
}
