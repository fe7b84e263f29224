package atelier.workshop.web;

import atelier.chain.Intent;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.RecipeId;
import atelier.kernel.Refused;
import atelier.web.Choice;
import atelier.web.CurrentMember;
import atelier.workshop.RecipeView;
import atelier.workshop.Studio;
import atelier.workshop.Workshop;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** The recipes, each on its own page, and the form that proposes a new one. */
@Controller
class RecipePages {

    private static final int SHOWN_WORKS = 12;

    private final Workshop workshop;
    private final Studio studio;
    private final Drawings drawings;
    private final MessageSource messages;
    private final CurrentMember current;

    RecipePages(
            Workshop workshop,
            Studio studio,
            Drawings drawings,
            MessageSource messages,
            CurrentMember current) {
        this.workshop = workshop;
        this.studio = studio;
        this.drawings = drawings;
        this.messages = messages;
        this.current = current;
    }

    @PermitAll
    @GetMapping("/recipes")
    String recipes(Model model) {
        List<RecipeView> recipes = workshop.recipes();
        model.addAttribute(
                "cards",
                recipes.stream().filter(RecipeView::approved).map(drawings::card).toList());
        model.addAttribute("others", recipes.stream().filter(one -> !one.approved()).toList());
        return "workshop/recipes";
    }

    @PermitAll
    @GetMapping("/recipes/{id}")
    String recipe(@PathVariable String id, Model model) {
        RecipeId number = Paths.recipe(id);
        RecipeView recipe =
                workshop.recipe(number).orElseThrow(() -> Refused.notFound("recipe.unknown"));
        model.addAttribute("recipe", recipe);
        model.addAttribute("card", drawings.card(recipe));
        model.addAttribute(
                "works",
                workshop.worksMadeFrom(number, SHOWN_WORKS, 0).stream()
                        .map(work -> work.card(null))
                        .toList());
        return "workshop/recipe";
    }

    @RolesAllowed("MEMBER")
    @GetMapping("/recipes/new")
    String propose(@ModelAttribute("form") RecipeForm form, Model model) {
        return proposal(model);
    }

    @RolesAllowed("MEMBER")
    @PostMapping("/recipes/new")
    String propose(
            @ModelAttribute("form") RecipeForm form,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        try {
            Intent intent = studio.propose(current.require(), form.wish(), key);
            return "redirect:/intents/" + intent.id();
        } catch (Refused refused) {
            Answers.show(refused, model, response);
            return proposal(model);
        }
    }

    private String proposal(Model model) {
        List<Choice> supplies = new ArrayList<>();
        supplies.add(new Choice("", words("workshop.propose.none")));
        workshop.supplies()
                .forEach(supply -> supplies.add(new Choice(supply.id().toString(), supply.name())));
        model.addAttribute("supplies", supplies);
        return "workshop/propose";
    }

    private String words(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
