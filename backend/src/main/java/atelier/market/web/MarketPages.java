package atelier.market.web;

import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import atelier.market.ListingFilters;
import atelier.market.ListingPage;
import atelier.market.ListingSort;
import atelier.market.Market;
import atelier.web.Choice;
import atelier.web.Pager;
import jakarta.annotation.security.PermitAll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The marketplace. */
@Controller
class MarketPages {

    private final Market market;
    private final Exhibits exhibits;
    private final MarketNames names;
    private final MessageSource messages;

    MarketPages(Market market, Exhibits exhibits, MarketNames names, MessageSource messages) {
        this.market = market;
        this.exhibits = exhibits;
        this.names = names;
        this.messages = messages;
    }

    @PermitAll
    @GetMapping("/market")
    String market(MarketForm form, Model model) {
        ListingPage found = market.search(form.query());
        ListingFilters filters = market.filters();
        model.addAttribute("form", form);
        model.addAttribute("cards", exhibits.cards(found.listings()));
        model.addAttribute("total", found.total());
        model.addAttribute(
                "pager", Pager.pages("/market", form.repeated(), found.page(), found.pages()));
        model.addAttribute("recipes", recipes(filters.recipes()));
        model.addAttribute("creators", creators(filters.creators()));
        model.addAttribute("sorts", sorts());
        model.addAttribute("salesAllowed", market.salesAllowed());
        return "market/market";
    }

    private List<Choice> recipes(List<RecipeId> recipes) {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("", words("market.recipe.any")));
        recipes.forEach(
                recipe -> choices.add(new Choice(recipe.toString(), exhibits.recipe(recipe))));
        return choices;
    }

    private List<Choice> creators(List<Address> creators) {
        MarketNames.Known known = names.of(creators);
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("", words("market.creator.any")));
        creators.forEach(one -> choices.add(new Choice(one.toString(), known.of(one))));
        return choices;
    }

    private List<Choice> sorts() {
        return Arrays.stream(ListingSort.values())
                .map(sort -> sort.name().toLowerCase(Locale.ROOT))
                .map(name -> new Choice(name, words("market.sort." + name)))
                .toList();
    }

    private String words(String key) {
        return messages.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
