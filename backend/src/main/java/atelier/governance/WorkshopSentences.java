package atelier.governance;

import atelier.governance.Sentence.Change;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.web.Format;
import atelier.workshop.RecipeStatus;
import atelier.workshop.RecipeView;
import atelier.workshop.SupplyView;
import atelier.workshop.Workshop;
import java.math.BigInteger;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Says what calls do to recipes and supplies. */
@Component
class WorkshopSentences {

    private final Phrases phrases;
    private final Workshop workshop;
    private final Format format;

    WorkshopSentences(Phrases phrases, Workshop workshop, Format format) {
        this.phrases = phrases;
        this.workshop = workshop;
        this.format = format;
    }

    Said recipe(Deed.Known deed, RecipeStatus after, Before before) {
        Optional<RecipeView> recipe =
                deed.number(0).bitLength() < Long.SIZE
                        ? workshop.recipe(new RecipeId(deed.number(0).longValueExact()))
                        : Optional.empty();
        String title = recipe.map(RecipeView::title).orElse("№ " + deed.number(0));
        return phrases.changing(
                deed,
                new Change(
                        title,
                        before.known(() ->
                                recipe.map(one -> status(one.status())).orElse(phrases.nothing())),
                        status(after)),
                title);
    }

    Said pricing(Deed.Known deed, Before before) {
        String supply = supply(deed.number(0));
        String after = format.points(new TokenAmount(deed.number(1)));
        return phrases.changing(
                deed,
                new Change(
                        supply,
                        before.known(() ->
                                found(deed.number(0))
                                        .map(one -> format.points(one.price()))
                                        .orElse(phrases.nothing())),
                        after),
                supply,
                after);
    }

    Said defining(Deed.Known deed) {
        return phrases.plain(
                deed,
                Phrases.quoted(deed.text(4)),
                phrases.name(deed.address(1)),
                format.points(new TokenAmount(deed.number(2))),
                format.count(deed.number(3)));
    }

    Said restocking(Deed.Known deed) {
        return phrases.plain(deed, supply(deed.number(0)), format.count(deed.number(1)));
    }

    private String status(RecipeStatus status) {
        return phrases.words("workshop.status." + status.name());
    }

    private String supply(BigInteger id) {
        return found(id).map(SupplyView::name).orElse("№ " + id);
    }

    private Optional<SupplyView> found(BigInteger id) {
        return id.bitLength() < Long.SIZE && id.signum() > 0
                ? workshop.supply(new SupplyId(id.longValueExact()))
                : Optional.empty();
    }
}
