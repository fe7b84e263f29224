package atelier.governance;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.contracts.Council.Ballot;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings ballots to the Council: those that wait for one proposal leave together, as one intent,
 * and which of them count the chain says one by one. A lone ballot leaves with the next round.
 */
@Component
class BallotRelay {

    private static final Logger log = LoggerFactory.getLogger(BallotRelay.class);
    private static final int MOST = 100;
    private static final int HALF = 32;

    private final BallotRows ballots;
    private final ProposalRows proposals;
    private final Intents intents;
    private final Contracts contracts;
    private final TransactionTemplate transaction;
    private final CouncilClock moment;

    BallotRelay(
            BallotRows ballots,
            ProposalRows proposals,
            Intents intents,
            Contracts contracts,
            TransactionTemplate transaction,
            CouncilClock moment) {
        this.ballots = ballots;
        this.proposals = proposals;
        this.intents = intents;
        this.contracts = contracts;
        this.transaction = transaction;
        this.moment = moment;
    }

    @Scheduled(fixedDelayString = "${atelier.governance.ballots-every:500ms}")
    void round() {
        if (!contracts.deployed()) {
            return;
        }
        try {
            ballots.waiting().forEach(this::relay);
        } catch (DataAccessException | TransactionException | Refused e) {
            log.debug("No ballot left this time: {}", e.getClass().getSimpleName());
        }
    }

    /** Sends what waits for one proposal, batch by batch. */
    void relay(ProposalId id) {
        Instant now = moment.now();
        Optional<Proposal> proposal = proposals.find(id, now);
        // A reorg may have taken the proposal; what is over is said to be by the contract.
        Instant until = proposal.map(one -> one.times().votingUntil()).orElse(now);
        while (Boolean.TRUE.equals(transaction.execute(_ -> batch(id, until)))) {
            log.debug("More ballots wait for {}", id);
        }
    }

    private boolean batch(ProposalId id, Instant until) {
        List<BallotRows.Waiting> taken = ballots.take(id, MOST);
        if (taken.isEmpty()) {
            return false;
        }
        Collection<SignedBallot> latest = latest(taken);
        Hash32 hash = IntentRequest.hashOf(latest.stream().map(SignedBallot::signature).toArray());
        var intent =
                intents.submit(
                        new IntentRequest(
                                null,
                                "council.ballots",
                                id + "/" + hash,
                                call(id, latest),
                                null,
                                hash,
                                until,
                                "/council/" + id));
        ballots.send(taken.stream().map(BallotRows.Waiting::row).toList(), intent.id());
        return taken.size() == MOST;
    }

    /** Of a voter's ballots the last alone: it would replace the others in the same transaction. */
    private static Collection<SignedBallot> latest(List<BallotRows.Waiting> taken) {
        Map<Address, SignedBallot> latest = new LinkedHashMap<>();
        for (BallotRows.Waiting waiting : taken) {
            latest.merge(
                    waiting.ballot().voter(),
                    waiting.ballot(),
                    (one, other) -> one.number() > other.number() ? one : other);
        }
        return latest.values();
    }

    private Call call(ProposalId id, Collection<SignedBallot> signed) {
        List<Ballot> encoded = new ArrayList<>();
        signed.forEach(ballot -> encoded.add(encoded(ballot)));
        return new Call.Direct(
                ContractKind.COUNCIL,
                Bytes.parse(
                        contracts
                                .council()
                                .castBallots(id.number(), encoded)
                                .encodeFunctionCall()));
    }

    private static Ballot encoded(SignedBallot ballot) {
        byte[] rsv = ballot.signature().rsv();
        return new Ballot(
                ballot.voter().toString(),
                BigInteger.valueOf(ballot.choice().number()),
                BigInteger.valueOf(ballot.number()),
                BigInteger.valueOf(rsv[2 * HALF]),
                Arrays.copyOfRange(rsv, 0, HALF),
                Arrays.copyOfRange(rsv, HALF, 2 * HALF));
    }
}
