package atelier.profit;

import atelier.chain.Contracts;
import java.math.BigInteger;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Through which statement an account was paid. No event says it: a share of nothing is marked, too,
 * so the contract is asked.
 */
@Component
class Marks {

    private static final Logger log = LoggerFactory.getLogger(Marks.class);

    private final Contracts contracts;

    Marks(Contracts contracts) {
        this.contracts = contracts;
    }

    /** The statement's number, 0 for none; nothing if the chain does not say. */
    Optional<Integer> paidThrough(int leaf) {
        try {
            return Optional.of(
                    contracts
                            .profitShare()
                            .paidThrough(BigInteger.valueOf(leaf))
                            .send()
                            .intValueExact());
        } catch (Exception e) {
            log.debug("The chain does not say who was paid: {}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}
