package atelier.site;

import atelier.kernel.BasisPoints;
import atelier.kernel.TokenAmount;
import atelier.rules.Rulebook;
import atelier.web.Format;
import atelier.web.Receipt;
import atelier.web.Tone;
import java.util.List;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** How a resale would be shared by the rules in force, for someone who has never seen one. */
@Component
class Example {

    private static final TokenAmount PRICE = TokenAmount.ofUnits(32_000);

    private final MessageSource messages;
    private final Format format;

    Example(MessageSource messages, Format format) {
        this.messages = messages;
        this.format = format;
    }

    Receipt by(Rulebook rules) {
        List<Receipt.Line> others =
                List.of(
                        line("creator", rules.creatorRoyalty(), Tone.CREATOR),
                        line("author", rules.authorRoyalty(), Tone.AUTHOR),
                        line("treasury", rules.tradingFee(), Tone.TREASURY));
        TokenAmount rest =
                others.stream().map(Receipt.Line::amount).reduce(PRICE, TokenAmount::minus);
        Receipt.Line seller = new Receipt.Line(who("seller"), null, rest, Tone.SELLER);
        return new Receipt(List.of(seller, others.get(0), others.get(1), others.get(2)), PRICE);
    }

    private Receipt.Line line(String who, BasisPoints share, Tone tone) {
        return new Receipt.Line(who(who), format.share(share), share.of(PRICE), tone);
    }

    private String who(String key) {
        return messages.getMessage("site.split." + key, null, LocaleContextHolder.getLocale());
    }
}
