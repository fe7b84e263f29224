package atelier.workshop.web;

import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.media.Media;
import atelier.web.CurrentMember;
import atelier.workshop.Draft;
import atelier.workshop.DraftId;
import atelier.workshop.MakeQuote;
import atelier.workshop.NewDraft;
import atelier.workshop.RecipeView;
import atelier.workshop.Studio;
import atelier.workshop.WorkView;
import atelier.workshop.Workshop;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;

/** From a picture to a work: choose, see what it takes and who is paid, confirm, watch. */
@Controller
@RolesAllowed("MEMBER")
class StudioPages {

    private static final int SHOWN_PICTURES = 12;
    private static final int SHOWN_DRAFTS = 6;

    private final Studio studio;
    private final Workshop workshop;
    private final Media media;
    private final Drawings drawings;
    private final CurrentMember current;

    StudioPages(
            Studio studio,
            Workshop workshop,
            Media media,
            Drawings drawings,
            CurrentMember current) {
        this.studio = studio;
        this.workshop = workshop;
        this.media = media;
        this.drawings = drawings;
        this.current = current;
    }

    @GetMapping("/studio")
    String studio(@ModelAttribute("form") StudioForm form, Model model) {
        return choose(form, model);
    }

    @PostMapping("/studio")
    String begin(
            @ModelAttribute("form") StudioForm form,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response)
            throws IOException {
        try {
            takeIn(form);
            NewDraft wish =
                    new NewDraft(
                            Paths.recipe(form.getRecipe()),
                            chosen(form),
                            form.getTitle(),
                            form.getDescription(),
                            form.getParents().stream().map(Paths::parent).toList());
            return "redirect:" + studio.begin(current.require(), wish, key).href();
        } catch (Refused refused) {
            Answers.show(refused, model, response);
            return choose(form, model);
        }
    }

    /** A new picture is kept at once: what is refused afterwards need not be brought again. */
    private void takeIn(StudioForm form) throws IOException {
        MultipartFile picture = form.getPicture();
        if (picture != null && !picture.isEmpty()) {
            try (InputStream in = picture.getInputStream()) {
                form.setChosen(media.store(in, current.require()).hash().toString());
            }
        }
    }

    private static Hash32 chosen(StudioForm form) {
        if (form.getChosen().isEmpty()) {
            throw Refused.invalid("picture.missing");
        }
        try {
            return Hash32.parse(form.getChosen());
        } catch (IllegalArgumentException e) {
            throw Refused.notFound("picture.unknown");
        }
    }

    private String choose(StudioForm form, Model model) {
        MemberId maker = current.require();
        List<RecipeView> recipes = workshop.approvedRecipes();
        model.addAttribute("form", form);
        model.addAttribute("recipes", recipes);
        model.addAttribute("pictures", media.latestOf(maker, SHOWN_PICTURES));
        model.addAttribute("drafts", studio.drafts(maker, SHOWN_DRAFTS));
        model.addAttribute("parents", parents(form));
        return "workshop/studio";
    }

    /** Those of the works named that there are; each can be left out again. */
    private Collection<WorkView> parents(StudioForm form) {
        return workshop.works(
                        form.getParents().stream()
                                .limit(NewDraft.MOST_PARENTS)
                                .flatMap(id -> Paths.parentIfAny(id).stream())
                                .toList())
                .values();
    }

    @GetMapping("/studio/drafts/{id}")
    String review(@PathVariable String id, Model model) {
        Draft draft = studio.draft(Paths.draft(id), current.require());
        return draft.work() == null ? review(draft, model) : "redirect:/works/" + draft.work();
    }

    @PostMapping("/studio/drafts/{id}")
    String make(
            @PathVariable String id,
            @RequestParam("total") String total,
            IdempotencyKey key,
            Model model,
            HttpServletResponse response) {
        DraftId draft = Paths.draft(id);
        try {
            studio.make(draft, current.require(), units(total), key);
            return "redirect:/studio/drafts/" + draft;
        } catch (Refused refused) {
            Answers.show(refused, model, response);
            return review(studio.draft(draft, current.require()), model);
        }
    }

    private static TokenAmount units(String total) {
        try {
            return new TokenAmount(new BigInteger(total));
        } catch (NumberFormatException e) {
            throw Refused.invalid("make.total");
        }
    }

    private String review(Draft draft, Model model) {
        MakeQuote quote = studio.quote(draft);
        Optional<Intent> making = studio.making(draft);
        model.addAttribute("draft", draft);
        model.addAttribute("parents", workshop.works(draft.parents()).values());
        model.addAttribute("quote", quote);
        model.addAttribute("card", drawings.card(quote));
        model.addAttribute("receipt", drawings.receipt(quote));
        model.addAttribute("making", making.filter(StudioPages::underWay).orElse(null));
        model.addAttribute("state", making.map(intent -> States.of(intent.state())).orElse(""));
        if (!model.containsAttribute("refused")) {
            model.addAttribute("refused", obstacle(quote, making));
        }
        return "workshop/draft";
    }

    private static boolean underWay(Intent intent) {
        return switch (intent.state()) {
            case IntentState.Failed _, IntentState.Lost _ -> false;
            case IntentState.Waiting _,
                    IntentState.Sent _,
                    IntentState.InBlock _,
                    IntentState.Final _ ->
                    true;
        };
    }

    /** What stands in the way, said before anyone presses: the last failure, or what is missing. */
    private static @Nullable Refused obstacle(MakeQuote quote, Optional<Intent> making) {
        if (making.isPresent() && underWay(making.get())) {
            return null;
        }
        return quote.obstacle()
                .or(() -> making.flatMap(intent -> States.failure(intent.state())))
                .orElse(null);
    }
}
