package atelier.governance;

import atelier.chain.Call;
import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.chain.Trials.Trial;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.rules.Contacts;
import atelier.rules.Rule;
import atelier.rules.Rules;
import atelier.vault.TypedData;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The council: what is proposed, in words; proposing, and voting on it. */
@Component
public class Council {

    /** Most calls of one proposal. */
    public static final int MOST_CALLS = 10;

    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final int LONGEST_CALL = 8_192;

    private final ProposalRows proposals;
    private final BallotBox box;
    private final BallotSigner signer;
    private final Seats seats;
    private final Sentences sentences;
    private final Rehearsals rehearsals;
    private final ProposalRound round;
    private final Rules rules;
    private final Contacts contacts;
    private final Members members;
    private final Contracts contracts;
    private final Intents intents;
    private final TransactionTemplate transaction;
    private final CouncilClock moment;
    private final Clock clock;

    Council(
            ProposalRows proposals,
            BallotBox box,
            BallotSigner signer,
            Seats seats,
            Sentences sentences,
            Rehearsals rehearsals,
            ProposalRound round,
            Rules rules,
            Contacts contacts,
            Members members,
            Contracts contracts,
            Intents intents,
            TransactionTemplate transaction,
            CouncilClock moment,
            Clock clock) {
        this.proposals = proposals;
        this.box = box;
        this.signer = signer;
        this.seats = seats;
        this.sentences = sentences;
        this.rehearsals = rehearsals;
        this.round = round;
        this.rules = rules;
        this.contacts = contacts;
        this.members = members;
        this.contracts = contracts;
        this.intents = intents;
        this.transaction = transaction;
        this.moment = moment;
        this.clock = clock;
    }

    /**
     * What a proposal on its way to the chain will be called, and the intent that takes it there.
     */
    public record Proposing(ProposalId id, Intent intent) {}

    /** Proposals that something can still become of, the newest first. */
    public List<Proposal> open(int limit) {
        return proposals.open(moment.now(), limit);
    }

    /** Proposals that are over and were made before a block, the newest first. */
    public List<Proposal> past(long before, int limit) {
        return proposals.past(moment.now(), before, limit);
    }

    /** Proposals that a member made or voted on, the newest first. */
    public List<Proposal> of(MemberId member, int limit) {
        return proposals.of(account(member), moment.now(), limit);
    }

    /** One proposal. */
    public Optional<Proposal> proposal(ProposalId id) {
        return proposals.find(id, moment.now());
    }

    /** What a proposal does, call by call; before is what was so when it was done, or is so now. */
    public List<Sentence> sentences(Proposal proposal) {
        Long done = proposal.times().endedBlock();
        return sentences.of(
                proposal.calls(),
                done == null
                        ? Before.now(rules.current())
                        : new Before(rules.at(done - 1), done - 1));
    }

    /** What calls would do now. */
    public List<Sentence> sentences(List<ProposedCall> calls) {
        return sentences.of(calls, Before.now(rules.current()));
    }

    /** The rules that calls would set, by the last word on each. */
    public SortedMap<Rule, BigInteger> rulesSet(List<ProposedCall> calls) {
        return sentences.rulesSet(calls);
    }

    /** What would come of a proposal if it were executed on the newest block. */
    public Trial trial(Proposal proposal) {
        return rehearsals.of(proposal.motion());
    }

    /** What would come of these calls if a vote had them executed on the newest block. */
    public Trial trial(List<ProposedCall> calls) {
        return rehearsals.of(new Motion(calls, ""));
    }

    /** Why what was voted for could not be done the last time it was tried. */
    public Optional<Refused> failure(Proposal proposal) {
        return proposal.state() == ProposalState.SUCCEEDED
                        || proposal.state() == ProposalState.QUEUED
                ? round.failure(proposal.id())
                : Optional.empty();
    }

    /**
     * Whether calls may be proposed at all.
     *
     * @throws Refused {@code proposal.empty}, {@code proposal.too-many}, {@code proposal.too-long},
     *     {@code proposal.target} for what is not listed and in use, {@code rules.out-of-bounds} or
     *     {@code rules.split-not-whole} beyond the hard caps
     */
    public void check(List<ProposedCall> calls) {
        if (calls.isEmpty()) {
            throw Refused.invalid("proposal.empty");
        }
        if (calls.size() > MOST_CALLS) {
            throw Refused.invalid("proposal.too-many", MOST_CALLS);
        }
        Set<Address> current =
                contacts.all().stream()
                        .filter(contact -> contact.lastBlock() == null)
                        .map(contact -> contact.at())
                        .collect(Collectors.toSet());
        for (ProposedCall call : calls) {
            if (!current.contains(call.target())) {
                throw Refused.invalid("proposal.target", call.target());
            }
            if (call.data().length > LONGEST_CALL) {
                throw Refused.invalid("proposal.too-long", LONGEST_CALL);
            }
        }
        rules.check(rulesSet(calls)).values().stream()
                .findFirst()
                .ifPresent(problem -> {
                    throw problem;
                });
    }

    /**
     * Puts calls to the vote, signed by the member.
     *
     * @param reason in the member's words; nobody checks it, and it is shown as theirs
     * @throws Refused as {@link #check}, {@code proposal.reason}, {@code ballot.no-seat}, {@code
     *     seat.taken-away}, or {@code contract.<Error>} if the newest block would refuse it
     */
    public Proposing propose(
            MemberId member, List<ProposedCall> calls, String reason, IdempotencyKey key) {
        Address account = account(member);
        Hash32 request =
                IntentRequest.hashOf(
                        "propose",
                        reason,
                        calls.stream().map(one -> one.target() + one.hex()).toList());
        Motion motion =
                new Motion(
                        calls,
                        Reason.describe(
                                reason, account, IntentRequest.hashOf(member, key.value())));
        Optional<Intent> first = transaction.execute(_ -> intents.replay(member, key, request));
        if (first != null && first.isPresent()) {
            return new Proposing(motion.id(), first.get());
        }
        check(calls);
        if (seats.of(account).isEmpty()) {
            throw seats.unseated(account);
        }
        Call call = new Call.Forward(account, ContractKind.COUNCIL, encoded(motion));
        intents.simulate(call);
        Intent intent =
                transaction.execute(_ ->
                        intents.submit(
                                new IntentRequest(
                                        member,
                                        "council.propose",
                                        member + ":" + key.value(),
                                        call,
                                        key,
                                        request,
                                        clock.instant().plus(PATIENCE),
                                        "/council/" + motion.id())));
        return new Proposing(motion.id(), intent);
    }

    /**
     * Votes, with the member's key in the vault; the latest ballot is the one that counts.
     *
     * @throws Refused {@code proposal.unknown}, {@code ballot.early}, {@code ballot.late}, {@code
     *     ballot.no-seat}, {@code seat.taken-away}, {@code ballot.not-in-electorate}, {@code
     *     ballot.vote-locked}, {@code ballot.too-often}
     */
    public OwnBallot vote(MemberId member, ProposalId id, Vote choice, IdempotencyKey key) {
        return box.cast(member, account(member), id, choice, key);
    }

    /**
     * Takes a ballot that a voter signed with a key of their own, to be brought to the chain for
     * nothing.
     *
     * @param signature r, s and v in 65 bytes
     * @throws Refused as {@link #vote}, {@code ballot.older-ballot}, {@code
     *     ballot.signature-length}, {@code ballot.signature-high}, {@code ballot.not-signed}
     */
    public OwnBallot post(ProposalId id, Address voter, Vote choice, int number, byte[] signature) {
        return box.post(id, voter, choice, number, signature);
    }

    /** What a voter has to sign for their next ballot. */
    public TypedData toSign(ProposalId id, Address voter, Vote choice) {
        return signer.typed(id, voter, choice, box.nextNumber(id, voter));
    }

    /** A member's latest ballot on a proposal. */
    public Optional<OwnBallot> ballotOf(MemberId member, ProposalId id) {
        return box.of(id, account(member));
    }

    /** Whether a member has a vote on this proposal. */
    public boolean mayVote(MemberId member, Proposal proposal) {
        return seats.of(account(member))
                .filter(seat -> seat.number() <= proposal.lastSeat())
                .isPresent();
    }

    private byte[] encoded(Motion motion) {
        return Bytes.parse(
                contracts
                        .council()
                        .propose(
                                motion.targets(),
                                motion.values(),
                                motion.payloads(),
                                new String(motion.description(), StandardCharsets.UTF_8))
                        .encodeFunctionCall());
    }

    private Address account(MemberId member) {
        return members.find(member).orElseThrow(() -> Refused.notFound("member.unknown")).account();
    }
}
