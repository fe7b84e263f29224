package atelier.governance;

import atelier.chain.IntentRequest;
import atelier.chain.IntentState;
import atelier.chain.Intents;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.vault.Signature;
import java.time.Clock;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes ballots: those that the vault signs for a member, and those signed elsewhere. */
@Component
class BallotBox {

    /** What the contract's byte for a seat has room for. */
    static final int LAST_NUMBER = 63;

    private final ProposalRows proposals;
    private final BallotRows ballots;
    private final BallotSigner signer;
    private final Seats seats;
    private final Franchise franchise;
    private final Intents intents;
    private final TransactionTemplate transaction;
    private final CouncilClock moment;
    private final Clock clock;

    BallotBox(
            ProposalRows proposals,
            BallotRows ballots,
            BallotSigner signer,
            Seats seats,
            Franchise franchise,
            Intents intents,
            TransactionTemplate transaction,
            CouncilClock moment,
            Clock clock) {
        this.proposals = proposals;
        this.ballots = ballots;
        this.signer = signer;
        this.seats = seats;
        this.franchise = franchise;
        this.intents = intents;
        this.transaction = transaction;
        this.moment = moment;
        this.clock = clock;
    }

    /** A member's ballot, signed by their key in the vault. */
    OwnBallot cast(MemberId member, Address voter, ProposalId id, Vote choice, IdempotencyKey key) {
        Hash32 request = IntentRequest.hashOf("ballot", id, choice);
        Optional<SignedBallot> first = replay(member, key, request);
        if (first.isPresent()) {
            return own(first.get());
        }
        int least = leastNumber(id, voter);
        return add(
                id,
                voter,
                choice,
                least,
                key,
                request,
                number ->
                        new SignedBallot(
                                id,
                                voter,
                                member,
                                choice,
                                number,
                                signer.sign(member, id, voter, choice, number),
                                null));
    }

    /** A ballot that somebody's own key signed. */
    OwnBallot post(ProposalId id, Address voter, Vote choice, int number, byte[] signature) {
        Signature checked = signer.check(id, voter, choice, number, signature);
        Hash32 request = IntentRequest.hashOf("ballot", id, choice, number);
        int least = leastNumber(id, voter);
        SignedBallot ballot = new SignedBallot(id, voter, null, choice, number, checked, null);
        return transaction.execute(_ -> {
            ballots.lock(id, voter);
            if (number < nextNumber(id, voter, least)) {
                throw BallotRefusal.OLDER_BALLOT.refused();
            }
            requireRoom(number);
            ballots.add(ballot, null, request, clock.instant());
            return own(ballot);
        });
    }

    /** The number that a voter's next ballot has at least. */
    int nextNumber(ProposalId id, Address voter) {
        return nextNumber(id, voter, leastNumber(id, voter));
    }

    /** The latest ballot of a voter. */
    Optional<OwnBallot> of(ProposalId id, Address voter) {
        return ballots.newest(id, voter)
                .map(this::own)
                .or(() ->
                        proposals
                                .choice(id, voter)
                                .map(choice ->
                                        new OwnBallot(choice, 0, new OwnBallot.Fate.Counts())));
    }

    private OwnBallot add(
            ProposalId id,
            Address voter,
            Vote choice,
            int least,
            IdempotencyKey key,
            Hash32 request,
            IntFunction<SignedBallot> signed) {
        return transaction.execute(_ -> {
            ballots.lock(id, voter);
            Optional<OwnBallot> standing = of(id, voter);
            // Saying the same again changes nothing, and would cost one of the numbers.
            if (standing.filter(one -> stands(one, choice)).isPresent()) {
                return standing.get();
            }
            int number = nextNumber(id, voter, least);
            requireRoom(number);
            SignedBallot ballot = signed.apply(number);
            ballots.add(ballot, key, request, clock.instant());
            return own(ballot);
        });
    }

    private static boolean stands(OwnBallot ballot, Vote choice) {
        return ballot.choice() == choice && !(ballot.fate() instanceof OwnBallot.Fate.DoesNotCount);
    }

    private Optional<SignedBallot> replay(MemberId member, IdempotencyKey key, Hash32 request) {
        return ballots.madeBy(member, key)
                .map(made -> {
                    if (!made.requestHash().equals(request)) {
                        throw Refused.conflict("idempotency.mismatch");
                    }
                    return made.ballot();
                });
    }

    /** What the chain says of this voter; asked outside of any transaction. */
    private int leastNumber(ProposalId id, Address voter) {
        Proposal proposal = require(id);
        switch (proposal.state()) {
            case ACTIVE -> {}
            case PENDING -> throw Refused.conflict("ballot.early", proposal.times().votingFrom());
            case SUCCEEDED, DEFEATED, QUEUED, EXECUTED, CANCELED ->
                    throw Refused.conflict("ballot.late", proposal.times().votingUntil());
        }
        long seat = seats.of(voter).map(Seat::number).orElse(0L);
        if (seat == 0) {
            throw seats.unseated(voter);
        }
        if (seat > proposal.lastSeat()) {
            throw BallotRefusal.NOT_IN_ELECTORATE.refused();
        }
        int next = franchise.nextBallot(id, voter);
        if (next > 1 && !moment.now().isBefore(proposal.times().lockedFrom())) {
            throw BallotRefusal.VOTE_LOCKED.refused();
        }
        return next;
    }

    private int nextNumber(ProposalId id, Address voter, int least) {
        return Math.max(
                least, ballots.newest(id, voter).map(one -> one.number() + 1).orElse(least));
    }

    private static void requireRoom(int number) {
        if (number > LAST_NUMBER) {
            throw Refused.conflict("ballot.too-often", LAST_NUMBER);
        }
    }

    private Proposal require(ProposalId id) {
        return proposals
                .find(id, moment.now())
                .orElseThrow(() -> Refused.notFound("proposal.unknown"));
    }

    private OwnBallot own(SignedBallot ballot) {
        return new OwnBallot(ballot.choice(), ballot.number(), fate(ballot));
    }

    private OwnBallot.Fate fate(SignedBallot ballot) {
        IntentId batch = ballot.batch();
        IntentState state =
                batch == null
                        ? new IntentState.Waiting()
                        : intents.find(batch).orElseThrow().state();
        return switch (state) {
            case IntentState.Waiting _, IntentState.Sent _ -> new OwnBallot.Fate.OnItsWay();
            case IntentState.InBlock(Hash32 tx, long _) -> counted(ballot, tx);
            case IntentState.Final(Hash32 tx, long _) -> counted(ballot, tx);
            case IntentState.Failed failed -> new OwnBallot.Fate.DoesNotCount(failed.why());
            case IntentState.Lost _ ->
                    new OwnBallot.Fate.DoesNotCount(Refused.conflict("intent.lost"));
        };
    }

    private OwnBallot.Fate counted(SignedBallot ballot, Hash32 tx) {
        @Nullable BallotRefusal why =
                proposals.refusal(ballot.proposal(), ballot.voter(), tx).orElse(null);
        return why == null
                ? new OwnBallot.Fate.Counts()
                : new OwnBallot.Fate.DoesNotCount(why.refused());
    }
}
