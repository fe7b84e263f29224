package atelier.workshop.web;

import atelier.workshop.MakeQuote;
import atelier.workshop.RecipeView;
import atelier.workshop.SupplyView;
import atelier.workshop.Workshop;
import jakarta.annotation.security.PermitAll;
import java.math.BigInteger;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** What recipes are made of, for everyone to see: from whom, for how much, how much is left. */
@Controller
@PermitAll
class CataloguePages {

    /** A supply with what one piece costs and the open recipes that take it. */
    record Offer(SupplyView supply, MakeQuote.Line one, List<RecipeView> recipes) {}

    private final Workshop workshop;

    CataloguePages(Workshop workshop) {
        this.workshop = workshop;
    }

    @GetMapping("/supplies")
    String supplies(Model model) {
        List<RecipeView> recipes = workshop.approvedRecipes();
        model.addAttribute(
                "offers",
                workshop.supplies().stream()
                        .map(supply ->
                                new Offer(
                                        supply,
                                        workshop.price(supply, BigInteger.ONE),
                                        taking(supply, recipes)))
                        .toList());
        return "workshop/catalogue";
    }

    private static List<RecipeView> taking(SupplyView supply, List<RecipeView> recipes) {
        return recipes.stream()
                .filter(recipe ->
                        recipe.inputs().stream()
                                .anyMatch(input -> input.supply().id().equals(supply.id())))
                .toList();
    }
}
