package atelier.governance;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends what was voted for to the timelock, and has it done once it has waited: anyone may do both,
 * so somebody has to. What fails is tried again, less and less often.
 */
@Component
class ProposalRound {

    /** What is sent for a proposal. */
    enum Step {
        QUEUE,
        EXECUTE;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Attempt(int number, IntentId intent, Instant submitted) {}

    private static final Logger log = LoggerFactory.getLogger(ProposalRound.class);
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final int MOST = 500;
    private static final int LONGEST_PAUSE = 12;

    private final JdbcClient jdbc;
    private final ProposalRows proposals;
    private final Intents intents;
    private final Contracts contracts;
    private final TransactionTemplate transaction;
    private final CouncilClock moment;

    ProposalRound(
            JdbcClient jdbc,
            ProposalRows proposals,
            Intents intents,
            Contracts contracts,
            TransactionTemplate transaction,
            CouncilClock moment) {
        this.jdbc = jdbc;
        this.proposals = proposals;
        this.intents = intents;
        this.contracts = contracts;
        this.transaction = transaction;
        this.moment = moment;
    }

    @Scheduled(fixedDelayString = "${atelier.governance.errands-every:2s}")
    void round() {
        if (!contracts.deployed()) {
            return;
        }
        try {
            Instant now = moment.now();
            proposals.open(now, MOST).forEach(proposal -> due(proposal, now));
        } catch (DataAccessException | TransactionException | Refused e) {
            log.debug("No proposal moved on this time: {}", e.getClass().getSimpleName());
        }
    }

    /** Why the last try to have a proposal done failed, if it did. */
    Optional<Refused> failure(ProposalId id) {
        return last(id, Step.EXECUTE)
                .or(() -> last(id, Step.QUEUE))
                .flatMap(attempt -> intents.find(attempt.intent()))
                .map(Intent::state)
                .filter(IntentState.Failed.class::isInstance)
                .map(IntentState.Failed.class::cast)
                .map(failed -> Refused.conflict(failed.code(), failed.values().toArray()));
    }

    private void due(Proposal proposal, Instant now) {
        Instant ready = proposal.times().ready();
        if (proposal.state() == ProposalState.SUCCEEDED) {
            send(proposal, Step.QUEUE, now);
        } else if (ready != null && !ready.isAfter(now)) {
            send(proposal, Step.EXECUTE, now);
        }
    }

    private void send(Proposal proposal, Step step, Instant now) {
        Optional<Attempt> last = last(proposal.id(), step);
        if (last.isPresent() && !mayTryAgain(last.get(), now)) {
            return;
        }
        int number = last.map(Attempt::number).orElse(0) + 1;
        transaction.executeWithoutResult(_ -> {
            if (claim(proposal.id(), step, number)) {
                Intent intent = intents.submit(request(proposal, step, number, now));
                record(proposal.id(), step, number, intent.id(), now);
            }
        });
    }

    /** Only what failed for good: 10 s after the first time, 20 s, 40 s … never a day. */
    private boolean mayTryAgain(Attempt last, Instant now) {
        boolean over =
                intents.find(last.intent())
                        .map(Intent::state)
                        .filter(state ->
                                state instanceof IntentState.Failed
                                        || state instanceof IntentState.Lost)
                        .isPresent();
        Duration pause = Duration.ofSeconds(10L << Math.min(last.number() - 1, LONGEST_PAUSE));
        return over && !last.submitted().plus(pause).isAfter(now);
    }

    private IntentRequest request(Proposal proposal, Step step, int number, Instant now) {
        String key = proposal.id() + "/" + number;
        return new IntentRequest(
                null,
                "council." + step.key(),
                key,
                call(proposal.motion(), step),
                null,
                IntentRequest.hashOf(step, key),
                now.plus(PATIENCE),
                "/council/" + proposal.id());
    }

    private Call call(Motion motion, Step step) {
        List<String> targets = motion.targets();
        byte[] description = motion.descriptionHash().bytes();
        var council = contracts.council();
        var call =
                switch (step) {
                    case QUEUE ->
                            council.queue(targets, motion.values(), motion.payloads(), description);
                    case EXECUTE ->
                            council.execute(
                                    targets,
                                    motion.values(),
                                    motion.payloads(),
                                    description,
                                    BigInteger.ZERO);
                };
        return new Call.Direct(ContractKind.COUNCIL, Bytes.parse(call.encodeFunctionCall()));
    }

    /** Whether no other process is sending the same; none will, until the transaction ends. */
    private boolean claim(ProposalId id, Step step, int number) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
                        .param("name", "errand:" + step + id)
                        .query(Boolean.class)
                        .single()
                && last(id, step).map(Attempt::number).orElse(0) < number;
    }

    private void record(ProposalId id, Step step, int number, IntentId intent, Instant now) {
        jdbc.sql(
                        """
                        insert into recorded.proposal_errand
                            (proposal, step, attempt, intent, submitted_at)
                        values (:proposal, :step, :attempt, :intent, :now)
                        """)
                .param("proposal", id.number())
                .param("step", step.key())
                .param("attempt", number)
                .param("intent", intent.hash().bytes())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private Optional<Attempt> last(ProposalId id, Step step) {
        return jdbc.sql(
                        """
                        select attempt, intent, submitted_at from recorded.proposal_errand
                        where proposal = :proposal and step = :step
                        order by attempt desc limit 1
                        """)
                .param("proposal", id.number())
                .param("step", step.key())
                .query((row, _) ->
                        new Attempt(
                                row.getInt("attempt"),
                                new IntentId(Hash32.of(row.getBytes("intent"))),
                                row.getObject("submitted_at", OffsetDateTime.class).toInstant()))
                .optional();
    }
}
