package atelier.profit.web;

import atelier.governance.Foresight;
import atelier.profit.Replays;
import atelier.rules.Rule;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Leads from a proposal to its replay, where it changes how profit is shared. */
@Component
class ReplayForesight implements Foresight {

    @Override
    public Optional<String> of(Map<Rule, BigInteger> wished) {
        return wished.keySet().stream().anyMatch(Replays::matters)
                ? Optional.of("/profit/replay?" + Changes.query(wished))
                : Optional.empty();
    }
}
