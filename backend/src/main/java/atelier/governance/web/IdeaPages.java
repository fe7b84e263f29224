package atelier.governance.web;

import atelier.governance.Idea;
import atelier.governance.Ideas;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.rules.Rules;
import atelier.web.CurrentMember;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Ideas: written, supported, and put to the vote with one tap once enough want them. */
@Controller
class IdeaPages {

    private static final int SHOWN = 50;

    /** An idea as the page shows it. */
    record Line(Idea idea, String author, boolean ready) {}

    private final Ideas ideas;
    private final Members members;
    private final Rules rules;
    private final CurrentMember current;

    IdeaPages(Ideas ideas, Members members, Rules rules, CurrentMember current) {
        this.ideas = ideas;
        this.members = members;
        this.rules = rules;
        this.current = current;
    }

    @GetMapping("/council/ideas")
    @PermitAll
    String ideas(Model model) {
        return show("", "", model);
    }

    @PostMapping("/council/ideas")
    @RolesAllowed("MEMBER")
    String write(
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String words,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        try {
            Idea idea = ideas.write(current.require(), title, words, key);
            return "redirect:/council/ideas#idea-" + idea.id();
        } catch (Refused refused) {
            FormAnswers.show(refused, model, response);
            return show(title, words, model);
        }
    }

    @PostMapping("/council/ideas/{id}/support")
    @RolesAllowed("MEMBER")
    String support(@PathVariable String id, @RequestParam(defaultValue = "true") boolean wanted) {
        if (wanted) {
            ideas.support(current.require(), ProposalPaths.idea(id));
        } else {
            ideas.withdraw(current.require(), ProposalPaths.idea(id));
        }
        return "redirect:/council/ideas#idea-" + ProposalPaths.idea(id);
    }

    @PostMapping("/council/ideas/{id}/proposal")
    @RolesAllowed("MEMBER")
    String propose(
            @PathVariable String id,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        try {
            var proposing = ideas.propose(current.require(), ProposalPaths.idea(id), key);
            return "redirect:/intents/" + proposing.intent().id();
        } catch (Refused refused) {
            FormAnswers.show(refused, model, response);
            return show("", "", model);
        }
    }

    private String show(String title, String words, Model model) {
        MemberId reader = current.id().orElse(null);
        model.addAttribute("known", rules.known());
        if (rules.known()) {
            List<Idea> all = ideas.all(reader, SHOWN);
            Map<MemberId, Member> authors =
                    members.find(all.stream().map(Idea::author).collect(Collectors.toSet()));
            model.addAttribute(
                    "lines",
                    all.stream()
                            .map(idea -> new Line(idea, name(idea, authors), ideas.ready(idea)))
                            .toList());
            model.addAttribute("threshold", ideas.threshold());
        }
        model.addAttribute("signedIn", reader != null);
        model.addAttribute("ideaTitle", title);
        model.addAttribute("ideaWords", words);
        return "governance/ideas";
    }

    private static String name(Idea idea, Map<MemberId, Member> authors) {
        Member author = authors.get(idea.author());
        return author == null ? "—" : author.name();
    }
}
