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
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The marketplace. */
@Controller
class MarketPages {

    private static final String PATH = "/market";

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
        model.addAttribute("more", found.more());
        model.addAttribute("pager", pager(form, found));
        model.addAttribute("recipes", recipes(with(form.recipeId(), filters.recipes())));
        model.addAttribute("creators", creators(with(form.account(), filters.creators())));
        model.addAttribute("sorts", sorts());
        model.addAttribute("salesAllowed", market.salesAllowed());
        return "market/market";
    }

    /** By number as far as is counted, from place to place behind it. */
    private static Pager pager(MarketForm form, ListingPage found) {
        Map<String, String> query = form.repeated();
        String on =
                found.next() == null
                        ? null
                        : Pager.href(PATH, query, "after", found.next().toString());
        if (form.query().after() != null) {
            return Pager.cursor(Pager.href(PATH, query), on);
        }
        Pager pages = Pager.pages(PATH, query, found.page(), found.pages());
        return found.more() ? pages.goingOn(on) : pages;
    }

    /** What is looked for can be chosen, whether it is among the newest or not. */
    private static <T> Collection<T> with(@Nullable T chosen, List<T> offered) {
        Set<T> all = new LinkedHashSet<>(offered);
        if (chosen != null) {
            all.add(chosen);
        }
        return all;
    }

    private List<Choice> recipes(Collection<RecipeId> recipes) {
        Map<RecipeId, String> titles = exhibits.titles(recipes);
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("", words("market.recipe.any")));
        recipes.forEach(recipe ->
                choices.add(
                        new Choice(
                                recipe.toString(),
                                titles.getOrDefault(recipe, recipe.toString()))));
        return choices;
    }

    private List<Choice> creators(Collection<Address> creators) {
        MarketNames.Known known = names.of(creators);
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("", words("market.creator.any")));
        creators.stream()
                .map(one -> new Choice(one.toString(), known.of(one)))
                .sorted(Comparator.comparing(Choice::label))
                .forEach(choices::add);
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
