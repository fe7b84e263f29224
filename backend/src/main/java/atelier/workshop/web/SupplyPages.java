package atelier.workshop.web;

import atelier.chain.Intent;
import atelier.identity.Members;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.ledger.Ledger;
import atelier.web.CurrentMember;
import atelier.workshop.MakeQuote;
import atelier.workshop.Studio;
import atelier.workshop.SupplyView;
import atelier.workshop.Workshop;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What a member has of materials and tools, and more of them for points. */
@Controller
@RolesAllowed("MEMBER")
class SupplyPages {

    /** A supply with what one piece costs and how much of it the member has. */
    record Shelf(SupplyView supply, MakeQuote.Line one, BigInteger have) {}

    private final Workshop workshop;
    private final Studio studio;
    private final Ledger ledger;
    private final Members members;
    private final CurrentMember current;

    SupplyPages(
            Workshop workshop,
            Studio studio,
            Ledger ledger,
            Members members,
            CurrentMember current) {
        this.workshop = workshop;
        this.studio = studio;
        this.ledger = ledger;
        this.members = members;
        this.current = current;
    }

    @GetMapping("/me/supplies")
    String supplies(Model model) {
        var account = members.find(current.require()).orElseThrow().account();
        Map<SupplyId, BigInteger> held = ledger.suppliesOf(account);
        List<Shelf> shelves =
                workshop.supplies().stream()
                        .map(supply ->
                                new Shelf(
                                        supply,
                                        workshop.price(supply, BigInteger.ONE),
                                        held.getOrDefault(supply.id(), BigInteger.ZERO)))
                        .toList();
        model.addAttribute("shelves", shelves);
        model.addAttribute("available", ledger.availableOf(account));
        return "workshop/supplies";
    }

    @PostMapping("/me/supplies")
    String buy(
            @RequestParam("supply") String supply,
            @RequestParam("amount") String amount,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        try {
            SequencedMap<SupplyId, Long> wish = new LinkedHashMap<>();
            wish.put(Paths.supply(supply), Numbers.count(amount));
            Intent intent = studio.buy(current.require(), wish, null, key);
            return "redirect:/intents/" + intent.id();
        } catch (Refused refused) {
            Answers.show(refused, model, response);
            return supplies(model);
        }
    }
}
