package atelier.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.identity.Member;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.testing.Founder;
import java.util.List;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;

/** A small place that works: a teacher who runs it, and what is taught there. */
final class School extends Founder {

    private final Studio studio;
    private final Curator curator;
    private final Workshop workshop;

    School(Studio studio, Curator curator, Workshop workshop) {
        this.studio = studio;
        this.curator = curator;
        this.workshop = workshop;
    }

    /** Opens it in an application under test. */
    static School in(AutowireCapableBeanFactory application) {
        return in(application, School.class);
    }

    Member teacher() {
        return admin("Teacher", email());
    }

    SupplyId define(Member admin, NewSupply supply) {
        done(curator.define(admin.id(), supply, key()));
        return workshop.supplies().stream()
                .filter(one -> one.name().equals(supply.name()))
                .map(SupplyView::id)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    RecipeId propose(Member author, String title, long fee, List<NewRecipe.Input> inputs) {
        done(
                studio.propose(
                        author.id(),
                        new NewRecipe(title, "How to.", TokenAmount.ofUnits(fee), inputs, null),
                        key()));
        return workshop.recipes().stream()
                .filter(one -> one.title().equals(title))
                .map(RecipeView::id)
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    RecipeId approved(Member admin, String title, long fee, List<NewRecipe.Input> inputs) {
        RecipeId id = propose(admin, title, fee, inputs);
        done(curator.approve(admin.id(), id, key()));
        assertThat(workshop.recipe(id)).get().matches(RecipeView::approved);
        return id;
    }
}
