package atelier.workshop.web;

import atelier.kernel.TokenAmount;
import atelier.web.Format;
import atelier.web.Receipt;
import atelier.web.RecipeCard;
import atelier.web.Tone;
import atelier.workshop.MakeQuote;
import atelier.workshop.RecipeView;
import atelier.workshop.SupplyKind;
import atelier.workshop.SupplyView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Recipes and quotes as the figures that pages draw. */
@Component
class Drawings {

    private final Format format;
    private final MessageSource messages;

    Drawings(Format format, MessageSource messages) {
        this.format = format;
        this.messages = messages;
    }

    /** What a recipe takes from someone who has nothing yet. */
    RecipeCard card(RecipeView recipe) {
        List<RecipeCard.Part> parts = new ArrayList<>();
        for (RecipeView.Input input : recipe.inputs()) {
            parts.add(
                    new RecipeCard.Part(
                            kind(input.supply().kind()),
                            input.supply().name(),
                            input.amount(),
                            paid(input.supply(), input.supplierCost(), input.platformCost()),
                            input.cost()));
        }
        parts.add(fee(recipe));
        return new RecipeCard(
                recipe.title(),
                summary(recipe),
                "/recipes/" + recipe.id(),
                parts,
                recipe.fullCost());
    }

    /** What it takes from this maker: what they have costs nothing more. */
    RecipeCard card(MakeQuote quote) {
        List<RecipeCard.Part> parts = new ArrayList<>();
        for (MakeQuote.Line line : quote.lines()) {
            String note =
                    line.missing().signum() == 0
                            ? words("workshop.have", format.count(line.have()))
                            : paid(line.supply(), line.supplierCost(), line.platformCost());
            parts.add(
                    new RecipeCard.Part(
                            kind(line.supply().kind()),
                            line.supply().name(),
                            line.needed().longValueExact(),
                            note,
                            line.cost()));
        }
        parts.add(fee(quote.recipe()));
        return new RecipeCard(
                quote.recipe().title(),
                summary(quote.recipe()),
                "/recipes/" + quote.recipe().id(),
                parts,
                quote.total());
    }

    /** Who is paid what when this maker confirms. */
    Receipt receipt(MakeQuote quote) {
        Map<String, TokenAmount> suppliers = new LinkedHashMap<>();
        TokenAmount treasury = quote.treasuryFee();
        for (MakeQuote.Line line : quote.lines()) {
            suppliers.merge(
                    line.supply().supplier().name(), line.supplierCost(), TokenAmount::plus);
            treasury = treasury.plus(line.platformCost());
        }
        List<Receipt.Line> lines = new ArrayList<>();
        suppliers.forEach((name, amount) ->
                add(lines, "workshop.pays.supplier", name, amount, Tone.SUPPLIER));
        String author = quote.recipe().author().name();
        add(lines, "workshop.pays.author", author, quote.authorFee(), Tone.AUTHOR);
        add(lines, "workshop.pays.treasury", "", treasury, Tone.TREASURY);
        return new Receipt(lines, quote.total());
    }

    private void add(
            List<Receipt.Line> lines, String key, String name, TokenAmount amount, Tone tone) {
        if (amount.signum() > 0) {
            lines.add(new Receipt.Line(words(key, name), null, amount, tone));
        }
    }

    private RecipeCard.Part fee(RecipeView recipe) {
        return new RecipeCard.Part(
                RecipeCard.Kind.FEE,
                words("workshop.fee"),
                1,
                words(
                        "workshop.fee.paid",
                        recipe.author().name(),
                        format.amount(recipe.authorFee()),
                        format.amount(recipe.treasuryFee())),
                recipe.fee());
    }

    private String paid(SupplyView supply, TokenAmount supplierCost, TokenAmount platformCost) {
        String key =
                supply.kind() == SupplyKind.MATERIAL
                        ? "workshop.material.paid"
                        : "workshop.tool.paid";
        return words(
                key,
                supply.supplier().name(),
                format.amount(supplierCost),
                format.amount(platformCost));
    }

    private static RecipeCard.Kind kind(SupplyKind kind) {
        return switch (kind) {
            case MATERIAL -> RecipeCard.Kind.MATERIAL;
            case TOOL -> RecipeCard.Kind.TOOL;
        };
    }

    private static String summary(RecipeView recipe) {
        return recipe.description().lines().findFirst().orElse("");
    }

    private String words(String key, Object... values) {
        return messages.getMessage(key, values, LocaleContextHolder.getLocale());
    }
}
