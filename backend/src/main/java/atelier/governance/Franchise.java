package atelier.governance;

import atelier.chain.Contracts;
import atelier.kernel.Address;
import atelier.kernel.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.web3j.protocol.core.RemoteFunctionCall;

/** Asks the Council how often a vote was used: what counts is what it says. */
@Component
class Franchise {

    private static final Logger log = LoggerFactory.getLogger(Franchise.class);

    private final Contracts contracts;

    Franchise(Contracts contracts) {
        this.contracts = contracts;
    }

    /**
     * The least number of an account's next ballot.
     *
     * @throws Refused {@code chain.unavailable}
     */
    int nextBallot(ProposalId proposal, Address voter) {
        return ask(contracts.council().nextBallot(proposal.number(), voter.toString()))
                .intValueExact();
    }

    private static <T> T ask(RemoteFunctionCall<T> call) {
        try {
            return call.send();
        } catch (Refused refused) {
            throw refused;
        } catch (Exception e) {
            log.warn("The chain does not say who may vote: {}", e.toString());
            throw Refused.unavailable("chain.unavailable");
        }
    }
}
