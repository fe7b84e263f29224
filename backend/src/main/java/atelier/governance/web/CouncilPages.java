package atelier.governance.web;

import atelier.governance.Council;
import atelier.governance.Foresight;
import atelier.governance.OwnBallot;
import atelier.governance.Proposal;
import atelier.governance.ProposalState;
import atelier.governance.Seats;
import atelier.governance.Sentence;
import atelier.governance.Tally;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.rules.Rules;
import atelier.web.CurrentMember;
import atelier.web.Turnout;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The council: what is voted on, what was, and each proposal on its own page. */
@Controller
class CouncilPages {

    private static final int SHOWN = 20;

    private final Council council;
    private final ProposalCards cards;
    private final Seats seats;
    private final Foresight foresight;
    private final Rules rules;
    private final CurrentMember current;

    CouncilPages(
            Council council,
            ProposalCards cards,
            Seats seats,
            Foresight foresight,
            Rules rules,
            CurrentMember current) {
        this.council = council;
        this.cards = cards;
        this.seats = seats;
        this.foresight = foresight;
        this.rules = rules;
        this.current = current;
    }

    @GetMapping("/council")
    @PermitAll
    String council(@RequestParam(defaultValue = "open") String show, Model model) {
        Optional<MemberId> reader = current.id();
        boolean mine = show.equals("mine") && reader.isPresent();
        boolean past = show.equals("past");
        List<Proposal> proposals = List.of();
        if (rules.known()) {
            if (mine) {
                proposals = council.of(reader.orElseThrow(), SHOWN);
            } else {
                proposals = past ? council.past(Long.MAX_VALUE, SHOWN) : council.open(SHOWN);
            }
        }
        model.addAttribute("known", rules.known());
        model.addAttribute(
                "seat",
                reader.filter(_ -> rules.known())
                        .map(seats::standing)
                        .map(MySeat::of)
                        .orElse(null));
        model.addAttribute("show", mine ? "mine" : past ? "past" : "open");
        model.addAttribute("proposals", cards.of(proposals));
        return "governance/council";
    }

    @GetMapping("/council/{id:\\d+}")
    @PermitAll
    String proposal(@PathVariable String id, Model model) {
        return show(id, null, model);
    }

    @PostMapping("/council/{id:\\d+}/ballot")
    @RolesAllowed("MEMBER")
    String vote(
            @PathVariable String id,
            @RequestParam String choice,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        try {
            council.vote(
                    current.require(), ProposalPaths.proposal(id), ProposalPaths.vote(choice), key);
            return "redirect:/council/" + id + "#vote";
        } catch (Refused refused) {
            FormAnswers.show(refused, model, response);
            return show(id, refused, model);
        }
    }

    private String show(String id, @Nullable Refused refused, Model model) {
        Proposal proposal =
                council.proposal(ProposalPaths.proposal(id))
                        .orElseThrow(() -> Refused.notFound("proposal.unknown"));
        List<Sentence> sentences = council.sentences(proposal);
        model.addAttribute("refused", refused);
        model.addAttribute("proposal", proposal);
        model.addAttribute(
                "card", ProposalCard.of(proposal, sentences, cards.name(proposal.proposer())));
        model.addAttribute("sentences", sentences);
        model.addAttribute("turnout", turnout(proposal.tally()));
        model.addAttribute(
                "trial", proposal.state().open() ? TrialView.of(council.trial(proposal)) : null);
        model.addAttribute("replay", proposal.state().open() ? replay(proposal) : null);
        model.addAttribute("failure", council.failure(proposal).orElse(null));
        ballot(proposal, model);
        return "governance/proposal";
    }

    private @Nullable String replay(Proposal proposal) {
        return foresight.of(council.rulesSet(proposal.calls())).orElse(null);
    }

    private void ballot(Proposal proposal, Model model) {
        Optional<MemberId> reader = current.id();
        OwnBallot own =
                reader.flatMap(member -> council.ballotOf(member, proposal.id())).orElse(null);
        model.addAttribute("own", own);
        model.addAttribute(
                "ownRefused",
                own != null && own.fate() instanceof OwnBallot.Fate.DoesNotCount(Refused why)
                        ? why
                        : null);
        model.addAttribute(
                "mayVote",
                proposal.state() == ProposalState.ACTIVE
                        && reader.filter(member -> council.mayVote(member, proposal)).isPresent());
    }

    static Turnout turnout(Tally tally) {
        return new Turnout(
                tally.inFavour(),
                tally.against(),
                tally.abstaining(),
                tally.electorate(),
                tally.quorum());
    }
}
