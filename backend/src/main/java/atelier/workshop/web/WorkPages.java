package atelier.workshop.web;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Mirror;
import atelier.identity.Members;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.WorkId;
import atelier.web.CurrentMember;
import atelier.web.Pager;
import atelier.workshop.ShelfPanel;
import atelier.workshop.WorkPanel;
import atelier.workshop.WorkView;
import atelier.workshop.Workshop;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** A work's page, its proof, and the works one owns. */
@Controller
class WorkPages {

    private static final int PAGE = 24;
    private static final int REMIXES = 8;

    private final Workshop workshop;
    private final Contracts contracts;
    private final Mirror mirror;
    private final Members members;
    private final List<WorkPanel> panels;
    private final List<ShelfPanel> shelf;
    private final CurrentMember current;

    WorkPages(
            Workshop workshop,
            Contracts contracts,
            Mirror mirror,
            Members members,
            List<WorkPanel> panels,
            List<ShelfPanel> shelf,
            CurrentMember current) {
        this.workshop = workshop;
        this.contracts = contracts;
        this.mirror = mirror;
        this.members = members;
        this.panels = panels;
        this.shelf = shelf;
        this.current = current;
    }

    @PermitAll
    @GetMapping("/works/{id}")
    String work(@PathVariable String id, @RequestParam(defaultValue = "1") int page, Model model) {
        WorkView work = find(Paths.work(id));
        model.addAttribute("work", work);
        model.addAttribute("parents", workshop.parentsOf(work.id()));
        remixes(work, page, model);
        model.addAttribute("provenance", workshop.provenance(work.id()));
        model.addAttribute("state", isFinal(work) ? "f" : "b");
        model.addAttribute(
                "panels",
                panels.stream()
                        .map(panel -> panel.of(work, current.id()))
                        .flatMap(Optional::stream)
                        .toList());
        return "workshop/work";
    }

    private void remixes(WorkView work, int page, Model model) {
        int pages = (int) Math.max(1, Math.ceilDiv(workshop.countRemixesOf(work.id()), REMIXES));
        int shown = Math.clamp(page, 1, pages);
        model.addAttribute(
                "remixes",
                workshop.remixesOf(work.id(), REMIXES, (long) (shown - 1) * REMIXES).stream()
                        .map(remix -> remix.card(null))
                        .toList());
        model.addAttribute("pager", Pager.pages(work.href(), Map.of(), shown, pages));
    }

    @PermitAll
    @GetMapping("/works/{id}/proof")
    String proof(@PathVariable String id, Model model) {
        WorkView work = find(Paths.work(id));
        model.addAttribute("work", work);
        model.addAttribute("provenance", workshop.provenance(work.id()));
        model.addAttribute("state", isFinal(work) ? "f" : "b");
        model.addAttribute("contract", contracts.address(ContractKind.WORKS));
        model.addAttribute("chainId", contracts.chainId());
        model.addAttribute(
                "blockHash",
                mirror.block(work.minted().block()).map(Mirror.Block::hash).orElse(null));
        return "workshop/work-proof";
    }

    @RolesAllowed("MEMBER")
    @GetMapping("/me/works")
    String mine(@RequestParam(defaultValue = "1") int page, Model model) {
        MemberId me = current.require();
        var account = members.find(me).orElseThrow().account();
        long owned = workshop.countOwnedBy(account);
        int pages = (int) Math.max(1, Math.ceilDiv(owned, PAGE));
        int shown = Math.clamp(page, 1, pages);
        model.addAttribute("owned", owned);
        model.addAttribute(
                "cards",
                workshop.worksOwnedBy(account, PAGE, (long) (shown - 1) * PAGE).stream()
                        .map(work -> work.card(null))
                        .toList());
        model.addAttribute(
                "panels",
                shelf.stream().map(panel -> panel.of(me)).flatMap(Optional::stream).toList());
        model.addAttribute("pager", Pager.pages("/me/works", Map.of(), shown, pages));
        return "workshop/mine";
    }

    private WorkView find(WorkId id) {
        return workshop.work(id).orElseThrow(() -> Refused.notFound("work.unknown"));
    }

    private boolean isFinal(WorkView work) {
        return mirror.block(work.minted().block()).map(Mirror.Block::isFinal).orElse(false);
    }
}
