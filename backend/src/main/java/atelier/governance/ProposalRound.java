package atelier.governance;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Errands;
import atelier.kernel.Bytes;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Sends what was voted for to the timelock, and has it done once it has waited: anyone may do both,
 * so somebody has to.
 */
@Component
class ProposalRound {

    private static final Logger log = LoggerFactory.getLogger(ProposalRound.class);
    private static final String QUEUE = "council.queue";
    private static final String EXECUTE = "council.execute";
    private static final int MOST = 500;

    private final ProposalRows proposals;
    private final Errands errands;
    private final Contracts contracts;
    private final CouncilClock moment;

    ProposalRound(
            ProposalRows proposals, Errands errands, Contracts contracts, CouncilClock moment) {
        this.proposals = proposals;
        this.errands = errands;
        this.contracts = contracts;
        this.moment = moment;
    }

    @Scheduled(fixedDelayString = "${atelier.governance.errands-every:2s}")
    void round() {
        if (!contracts.deployed()) {
            return;
        }
        try {
            Instant now = moment.now();
            proposals.open(now, MOST).forEach(proposal -> moveOn(proposal, now));
        } catch (DataAccessException | TransactionException | Refused e) {
            log.debug("No proposal moved on this time: {}", e.getClass().getSimpleName());
        }
    }

    /** Why the last try to have a proposal done failed, if it did. */
    Optional<Refused> failure(ProposalId id) {
        String subject = id.toString();
        String last = errands.find(EXECUTE, subject).isPresent() ? EXECUTE : QUEUE;
        return errands.trouble(last, subject);
    }

    private void moveOn(Proposal proposal, Instant now) {
        Instant ready = proposal.times().ready();
        if (proposal.state() == ProposalState.SUCCEEDED) {
            errands.send(errand(QUEUE, proposal), () -> queue(proposal.motion()));
        } else if (ready != null && !ready.isAfter(now)) {
            errands.send(errand(EXECUTE, proposal), () -> execute(proposal.motion()));
        }
    }

    private static Errands.Errand errand(String kind, Proposal proposal) {
        String id = proposal.id().toString();
        return new Errands.Errand(kind, id, null, "/council/" + id);
    }

    private Call queue(Motion motion) {
        return call(
                contracts
                        .council()
                        .queue(
                                motion.targets(),
                                motion.values(),
                                motion.payloads(),
                                motion.descriptionHash().bytes())
                        .encodeFunctionCall());
    }

    private Call execute(Motion motion) {
        return call(
                contracts
                        .council()
                        .execute(
                                motion.targets(),
                                motion.values(),
                                motion.payloads(),
                                motion.descriptionHash().bytes(),
                                BigInteger.ZERO)
                        .encodeFunctionCall());
    }

    private static Call call(String data) {
        return new Call.Direct(ContractKind.COUNCIL, Bytes.parse(data));
    }
}
