package atelier.market;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Mirror;
import atelier.chain.MirrorStatus;
import atelier.rules.Rules;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Says what the moment is. */
@Component
class MarketClock {

    private final Contracts contracts;
    private final Mirror mirror;
    private final Rules rules;
    private final Clock wall;

    MarketClock(Contracts contracts, Mirror mirror, Rules rules, Clock wall) {
        this.contracts = contracts;
        this.mirror = mirror;
        this.rules = rules;
        this.wall = wall;
    }

    Moment now() {
        Instant mirrored = mirror.status().map(MirrorStatus::time).orElse(Instant.EPOCH);
        Instant clocked = wall.instant();
        return new Moment(
                contracts.chainId(),
                contracts.address(ContractKind.MARKET),
                mirrored.isAfter(clocked) ? mirrored : clocked,
                rules.current());
    }
}
