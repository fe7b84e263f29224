package atelier.governance;

import atelier.chain.Mirror;
import atelier.chain.MirrorStatus;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Says what time it is on the chain: its newest block's, or the clock's if that is later. */
@Component
class CouncilClock {

    private final Mirror mirror;
    private final Clock wall;

    CouncilClock(Mirror mirror, Clock wall) {
        this.mirror = mirror;
        this.wall = wall;
    }

    Instant now() {
        Instant mirrored = mirror.status().map(MirrorStatus::time).orElse(Instant.EPOCH);
        Instant clocked = wall.instant();
        return mirrored.isAfter(clocked) ? mirrored : clocked;
    }
}
