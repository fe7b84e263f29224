package atelier.site;

import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.web.CurrentMember;
import atelier.web.WorkCard;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The pages that anyone may open, and the home that the same address is for a member. */
@Controller
class SitePages {

    private final Lobby lobby;
    private final CurrentMember currentMember;

    SitePages(Lobby lobby, CurrentMember currentMember) {
        this.lobby = lobby;
        this.currentMember = currentMember;
    }

    @PermitAll
    @GetMapping("/")
    String front(Model model) {
        Optional<Home> home = currentMember.id().flatMap(lobby::home);
        home.ifPresentOrElse(
                shown -> model.addAttribute("home", shown), () -> land(model, lobby.newest()));
        return home.isPresent() ? "site/home" : "site/landing";
    }

    @PermitAll
    @GetMapping("/about")
    String about() {
        return "site/about";
    }

    @PermitAll
    @GetMapping("/members/{id}")
    String shelf(@PathVariable String id, Model model) {
        model.addAttribute("shelf", lobby.shelf(member(id)));
        return "site/member";
    }

    private void land(Model model, List<WorkCard> newest) {
        model.addAttribute("first", newest.isEmpty() ? null : newest.getFirst());
        model.addAttribute("newest", newest.stream().skip(1).toList());
        model.addAttribute("example", lobby.example().orElse(null));
    }

    private static MemberId member(String id) {
        try {
            return new MemberId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("member.unknown");
        }
    }
}
