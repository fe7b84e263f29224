package atelier.governance;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.kernel.Address;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Who guards, and until when. The Ratchet was made with both and no event says them, so it is asked
 * once; what it answers while somebody guards never changes.
 */
@Component
class GuardianTerm {

    /** The guardian whom the ratchet was made with; zero if the term was over when we asked. */
    record Term(Address account, Instant until) {}

    private record Known(Address ratchet, Term term) {}

    private static final Logger log = LoggerFactory.getLogger(GuardianTerm.class);

    private final Contracts contracts;
    private volatile @Nullable Known known;

    GuardianTerm(Contracts contracts) {
        this.contracts = contracts;
    }

    Optional<Term> read() {
        if (!contracts.deployed()) {
            return Optional.empty();
        }
        Address ratchet = contracts.address(ContractKind.RATCHET);
        Known now = known;
        if (now == null || !now.ratchet().equals(ratchet)) {
            now = ask(ratchet);
            known = now;
        }
        return Optional.ofNullable(now).map(Known::term);
    }

    private @Nullable Known ask(Address ratchet) {
        try {
            String guardian = contracts.ratchet().guardian().send();
            long until = contracts.ratchet().guardedUntil().send().longValueExact();
            return new Known(
                    ratchet, new Term(Address.parse(guardian), Instant.ofEpochSecond(until)));
        } catch (Exception e) {
            log.debug("The chain does not say who guards: {}", e.getClass().getSimpleName());
            return null;
        }
    }
}
