package atelier.governance.web;

import atelier.chain.Intent;
import atelier.governance.Council;
import atelier.governance.Idea;
import atelier.governance.Ideas;
import atelier.governance.OwnBallot;
import atelier.governance.Proposal;
import atelier.governance.ProposedCall;
import atelier.governance.Sentence;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.vault.TypedData;
import atelier.web.CurrentMember;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The council for programs: proposals, ballots and ideas. */
@RestController
@RequestMapping("/api/v1/council")
class CouncilApi {

    private static final int MOST = 100;

    /** A call of a proposal. */
    record CallBody(@Nullable String target, @Nullable String data) {}

    /** Calls to be put to the vote. */
    record ProposalBody(@Nullable List<CallBody> calls, @Nullable String reason) {}

    /** A proposal on its way. */
    record Proposing(String proposal, String intent, String href) {}

    /** Votes so far. */
    record TallyView(
            long against,
            long inFavour,
            long abstaining,
            long electorate,
            long quorum,
            boolean quorate) {}

    /** What one call does, with its bytes. */
    record DeedView(
            String says,
            boolean read,
            String contract,
            String function,
            List<Sentence.Change> changes,
            String target,
            String data) {}

    /** A proposal. */
    record ProposalView(
            String id,
            String state,
            String proposer,
            String reason,
            List<DeedView> calls,
            TallyView tally,
            Instant created,
            Instant votingFrom,
            Instant lockedFrom,
            Instant votingUntil,
            @Nullable Instant ready,
            @Nullable Instant ended,
            long block,
            String tx) {}

    /** What would come of a proposal if it were executed on the newest block. */
    record TrialBody(String outcome, @Nullable String code, List<String> values) {}

    /**
     * A vote: the member's, signed by the vault; or anybody's, with all four fields.
     *
     * @param choice {@code for}, {@code against} or {@code abstain}
     */
    record BallotBody(
            @Nullable String choice,
            @Nullable String voter,
            @Nullable Integer number,
            @Nullable String signature) {}

    /** A ballot and what became of it. */
    record BallotView(String choice, int number, String state, @Nullable String code) {

        static BallotView of(OwnBallot ballot) {
            return switch (ballot.fate()) {
                case OwnBallot.Fate.OnItsWay _ -> view(ballot, "on-its-way", null);
                case OwnBallot.Fate.Counts _ -> view(ballot, "counts", null);
                case OwnBallot.Fate.DoesNotCount(Refused why) ->
                        view(ballot, "does-not-count", why.code());
            };
        }

        private static BallotView view(OwnBallot ballot, String state, @Nullable String code) {
            return new BallotView(ballot.choice().key(), ballot.number(), state, code);
        }
    }

    /** An idea to write down. */
    record IdeaBody(@Nullable String title, @Nullable String words) {}

    /** An idea. */
    record IdeaView(
            String id,
            String author,
            String title,
            String words,
            Instant written,
            long support,
            boolean supported,
            boolean ready,
            @Nullable String proposal) {}

    private final Council council;
    private final Ideas ideas;
    private final CurrentMember current;

    CouncilApi(Council council, Ideas ideas, CurrentMember current) {
        this.council = council;
        this.ideas = ideas;
        this.current = current;
    }

    @GetMapping("/proposals")
    @PermitAll
    @Operation(
            summary = "Proposals, the newest first",
            description =
                    "state is open or past; past ones made before a block can be asked for with"
                            + " before.")
    List<ProposalView> proposals(
            @RequestParam(defaultValue = "open") String state,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "20") int limit) {
        int most = Math.clamp(limit, 1, MOST);
        List<Proposal> found =
                state.equals("past")
                        ? council.past(before == null ? Long.MAX_VALUE : before, most)
                        : council.open(most);
        return found.stream().map(this::view).toList();
    }

    @GetMapping("/proposals/{id}")
    @PermitAll
    ProposalView proposal(@PathVariable String id) {
        return view(find(id));
    }

    @GetMapping("/proposals/{id}/trial")
    @PermitAll
    @Operation(summary = "What would come of it if it were executed on the newest block")
    TrialBody trial(@PathVariable String id) {
        TrialView trial = TrialView.of(council.trial(find(id)));
        Refused why = trial.why();
        return new TrialBody(
                trial.outcome(),
                why == null ? null : why.code(),
                why == null ? List.of() : why.values().stream().map(Object::toString).toList());
    }

    @PostMapping("/proposals")
    @RolesAllowed("MEMBER")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Proposing propose(@RequestBody ProposalBody body, IdempotencyKey key) {
        List<CallBody> asked = body.calls() == null ? List.of() : body.calls();
        List<ProposedCall> calls =
                asked.stream().map(call -> ProposalPaths.call(call.target(), call.data())).toList();
        String reason = body.reason() == null ? "" : body.reason();
        return proposing(council.propose(current.require(), calls, reason, key));
    }

    @PostMapping("/proposals/{id}/ballots")
    @PermitAll
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Votes",
            description =
                    "With choice alone: the signed-in member's vote, signed by the vault, named by"
                            + " an Idempotency-Key. With voter, number and signature too: a ballot"
                            + " signed elsewhere, by whomever it is brought.")
    BallotView vote(
            @PathVariable String id, @RequestBody BallotBody body, @Nullable IdempotencyKey key) {
        OwnBallot ballot = body.signature() == null ? ownVote(id, body, key) : posted(id, body);
        return BallotView.of(ballot);
    }

    @GetMapping("/proposals/{id}/ballots/mine")
    @RolesAllowed("MEMBER")
    BallotView mine(@PathVariable String id) {
        return council.ballotOf(current.require(), ProposalPaths.proposal(id))
                .map(BallotView::of)
                .orElseThrow(() -> Refused.notFound("ballot.none"));
    }

    @GetMapping("/proposals/{id}/ballots/to-sign")
    @PermitAll
    @Operation(
            summary = "What a voter signs for the next ballot",
            description = "As eth_signTypedData_v4 takes it.")
    Map<String, Object> toSign(
            @PathVariable String id, @RequestParam String voter, @RequestParam String choice) {
        return json(
                council.toSign(
                        ProposalPaths.proposal(id),
                        ProposalPaths.account(voter),
                        ProposalPaths.vote(choice)));
    }

    @GetMapping("/ideas")
    @PermitAll
    List<IdeaView> ideas(@RequestParam(defaultValue = "50") int limit) {
        return ideas.all(current.id().orElse(null), Math.clamp(limit, 1, MOST)).stream()
                .map(this::view)
                .toList();
    }

    @PostMapping("/ideas")
    @RolesAllowed("MEMBER")
    @ResponseStatus(HttpStatus.CREATED)
    IdeaView write(@RequestBody IdeaBody body, IdempotencyKey key) {
        return view(
                ideas.write(
                        current.require(),
                        body.title() == null ? "" : body.title(),
                        body.words() == null ? "" : body.words(),
                        key));
    }

    @PostMapping("/ideas/{id}/support")
    @RolesAllowed("MEMBER")
    IdeaView support(@PathVariable String id) {
        ideas.support(current.require(), ProposalPaths.idea(id));
        return idea(id);
    }

    @DeleteMapping("/ideas/{id}/support")
    @RolesAllowed("MEMBER")
    IdeaView withdraw(@PathVariable String id) {
        ideas.withdraw(current.require(), ProposalPaths.idea(id));
        return idea(id);
    }

    @PostMapping("/ideas/{id}/proposal")
    @RolesAllowed("MEMBER")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Proposing propose(@PathVariable String id, IdempotencyKey key) {
        return proposing(ideas.propose(current.require(), ProposalPaths.idea(id), key));
    }

    private OwnBallot ownVote(String id, BallotBody body, @Nullable IdempotencyKey key) {
        if (current.id().isEmpty()) {
            throw new Refused(Refused.Reason.FORBIDDEN, "sign-in.required");
        }
        if (key == null) {
            throw Refused.invalid("idempotency.missing", "Idempotency-Key");
        }
        return council.vote(
                current.require(),
                ProposalPaths.proposal(id),
                ProposalPaths.vote(body.choice()),
                key);
    }

    private OwnBallot posted(String id, BallotBody body) {
        return council.post(
                ProposalPaths.proposal(id),
                ProposalPaths.account(body.voter()),
                ProposalPaths.vote(body.choice()),
                body.number() == null ? 0 : body.number(),
                bytes(String.valueOf(body.signature())));
    }

    private static byte[] bytes(String hex) {
        try {
            return Bytes.parse(hex);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("ballot.not-signed");
        }
    }

    private Proposal find(String id) {
        return council.proposal(ProposalPaths.proposal(id))
                .orElseThrow(() -> Refused.notFound("proposal.unknown"));
    }

    private static Proposing proposing(Council.Proposing proposing) {
        Intent intent = proposing.intent();
        return new Proposing(
                proposing.id().toString(),
                intent.id().toString(),
                "/api/v1/intents/" + intent.id());
    }

    private IdeaView idea(String id) {
        return ideas.find(ProposalPaths.idea(id), current.require())
                .map(this::view)
                .orElseThrow(() -> Refused.notFound("idea.unknown"));
    }

    private IdeaView view(Idea idea) {
        return new IdeaView(
                idea.id().toString(),
                idea.author().toString(),
                idea.title(),
                idea.words(),
                idea.written(),
                idea.support(),
                idea.supported(),
                ideas.ready(idea),
                idea.proposal() == null ? null : idea.proposal().toString());
    }

    private ProposalView view(Proposal proposal) {
        List<Sentence> sentences = council.sentences(proposal);
        List<DeedView> deeds = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            deeds.add(deed(sentences.get(i), proposal.calls().get(i)));
        }
        var tally = proposal.tally();
        var times = proposal.times();
        return new ProposalView(
                proposal.id().toString(),
                proposal.state().key(),
                proposal.proposer().toString(),
                proposal.reason(),
                deeds,
                new TallyView(
                        tally.against(),
                        tally.inFavour(),
                        tally.abstaining(),
                        tally.electorate(),
                        tally.quorum(),
                        tally.quorate()),
                times.created(),
                times.votingFrom(),
                times.lockedFrom(),
                times.votingUntil(),
                times.ready(),
                times.ended(),
                proposal.block(),
                proposal.tx().toString());
    }

    private static DeedView deed(Sentence sentence, ProposedCall call) {
        return new DeedView(
                sentence.words(),
                sentence.read(),
                sentence.contract(),
                sentence.function(),
                sentence.changes(),
                call.target().toString(),
                call.hex());
    }

    private static Map<String, Object> json(TypedData data) {
        Map<String, Object> message = new LinkedHashMap<>();
        data.fields().forEach(field -> message.put(field.name(), plain(field.value())));
        return Map.of(
                "domain",
                Map.of(
                        "name", data.domain().name(),
                        "version", data.domain().version(),
                        "chainId", data.domain().chainId(),
                        "verifyingContract", data.domain().verifyingContract().toString()),
                "types",
                Map.of(
                        data.primaryType(),
                        data.fields().stream()
                                .map(field -> Map.of("name", field.name(), "type", field.type()))
                                .toList()),
                "primaryType",
                data.primaryType(),
                "message",
                message);
    }

    /** A number too large for JSON goes as text, as eth_signTypedData_v4 reads it. */
    private static Object plain(Object value) {
        return switch (value) {
            case BigInteger number -> number.toString();
            case Hash32 hash -> hash.toString();
            case Integer number -> number;
            default -> value.toString();
        };
    }
}
