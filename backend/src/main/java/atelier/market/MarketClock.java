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
class Moments {

    private final Contracts contracts;
    private final Mirror mirror;
    private final Rules rules;
    private final Clock clock;

    Moments(Contracts contracts, Mirror mirror, Rules rules, Clock clock) {
        this.contracts = contracts;
        this.mirror = mirror;
        this.rules = rules;
        this.clock = clock;
    }

    Moment now() {
        Instant mirrored = mirror.status().map(MirrorStatus::time).orElse(Instant.EPOCH);
        Instant clocked = clock.instant();
        return new Moment(
                contracts.chainId(),
                contracts.address(ContractKind.MARKET),
                mirrored.isAfter(clocked) ? mirrored : clocked,
                rules.current());
    }
}
