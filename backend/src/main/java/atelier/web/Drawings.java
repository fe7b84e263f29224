package atelier.web;

import java.util.List;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * Pictures drawn on the server, as SVG to be put into a figure; templates know it as {@code @draw}.
 */
@Component("draw")
public class Drawings {

    private final MessageSource messages;
    private final Format format;

    Drawings(MessageSource messages, Format format) {
        this.messages = messages;
        this.format = format;
    }

    /** The receipt as one bar to scale. */
    public String receipt(Receipt receipt) {
        return ReceiptBar.draw(
                receipt, words("web.receipt.drawn", format.points(receipt.total())), format);
    }

    /** The recipe's parts, led into a mat. */
    public String recipe(RecipeCard card) {
        return RecipeDrawing.draw(
                card,
                words(
                        "web.recipe.drawn",
                        card.title(),
                        card.parts().size(),
                        format.points(card.total())),
                format);
    }

    /** The votes as a ring with the quorum's mark. */
    public String turnout(Turnout turnout) {
        return QuorumRing.draw(
                turnout,
                words(
                        "web.turnout.drawn",
                        format.count(turnout.votes()),
                        format.count(turnout.electorate()),
                        format.count(turnout.quorum())),
                format);
    }

    /** Where an amount came from and where it went. */
    public String flow(Flow flow) {
        return FlowDrawing.draw(flow, words("web.flow.drawn", format.points(flow.total())), format);
    }

    /** Who wins and who loses. */
    public String swings(List<Swing> swings) {
        return SwingDrawing.draw(swings, words("web.swings.drawn"), format);
    }

    private String words(String key, Object... values) {
        return messages.getMessage(key, values, LocaleContextHolder.getLocale());
    }
}
