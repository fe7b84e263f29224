package atelier.admin;

import atelier.chain.Intent;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.web.CurrentMember;
import atelier.workshop.Curator;
import atelier.workshop.RecipeStatus;
import atelier.workshop.RecipeView;
import atelier.workshop.Workshop;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Where recipes are approved and retired. */
@Controller
class AdminRecipePages {

    private final Workshop workshop;
    private final Curator curator;
    private final UnderWay underWay;
    private final CurrentMember current;

    AdminRecipePages(Workshop workshop, Curator curator, UnderWay underWay, CurrentMember current) {
        this.workshop = workshop;
        this.curator = curator;
        this.underWay = underWay;
        this.current = current;
    }

    @RolesAllowed({"ADMIN", "AUDITOR"})
    @GetMapping("/admin/recipes")
    String recipes(Model model) {
        List<RecipeView> recipes = workshop.recipes();
        model.addAttribute("proposed", with(RecipeStatus.PROPOSED, recipes));
        model.addAttribute("approved", with(RecipeStatus.APPROVED, recipes));
        model.addAttribute("retired", with(RecipeStatus.RETIRED, recipes));
        model.addAttribute("mayChange", current.is("ADMIN"));
        model.addAttribute("underWay", underWay.of(current.require()));
        return "admin/recipes";
    }

    @RolesAllowed("ADMIN")
    @PostMapping("/admin/recipes/{id}/approval")
    String approve(
            @PathVariable String id,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        try {
            return watch(curator.approve(current.require(), number(id), key));
        } catch (Refused refused) {
            return again(refused, model, response);
        }
    }

    @RolesAllowed("ADMIN")
    @PostMapping("/admin/recipes/{id}/retirement")
    String retire(
            @PathVariable String id,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        try {
            return watch(curator.retire(current.require(), number(id), key));
        } catch (Refused refused) {
            return again(refused, model, response);
        }
    }

    private String again(Refused refused, Model model, HttpServletResponse response) {
        UnderWay.show(refused, model, response);
        return recipes(model);
    }

    private static String watch(Intent intent) {
        return "redirect:/intents/" + intent.id();
    }

    private static List<RecipeView> with(RecipeStatus status, List<RecipeView> recipes) {
        return recipes.stream().filter(recipe -> recipe.status() == status).toList();
    }

    private static RecipeId number(String id) {
        try {
            return new RecipeId(Long.parseLong(id));
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("recipe.unknown");
        }
    }
}
