package atelier.rules;

import atelier.kernel.BasisPoints;
import atelier.kernel.TokenAmount;
import atelier.web.Format;
import atelier.web.Receipt;
import atelier.web.Tone;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Draws up what a sale would give to whom under given rules. */
@Component
public class SalePreview {

    private final MessageSource messages;
    private final Format format;

    SalePreview(MessageSource messages, Format format) {
        this.messages = messages;
        this.format = format;
    }

    /** The receipt of a sale at a price, by the work's own creator or by a later owner. */
    public Receipt receipt(Rulebook rulebook, TokenAmount price, boolean sellerIsCreator) {
        SaleSplit split = rulebook.sale(price, sellerIsCreator);
        List<Receipt.Line> lines =
                Stream.of(
                                line("seller", null, split.seller(), Tone.SELLER),
                                line(
                                        "creator",
                                        rulebook.creatorRoyalty(),
                                        split.creator(),
                                        Tone.CREATOR),
                                line(
                                        "author",
                                        rulebook.authorRoyalty(),
                                        split.author(),
                                        Tone.AUTHOR),
                                line(
                                        "treasury",
                                        rulebook.tradingFee(),
                                        split.treasury(),
                                        Tone.TREASURY))
                        .filter(line -> line.amount().signum() > 0)
                        .toList();
        return new Receipt(lines, price);
    }

    private Receipt.Line line(
            String who, @Nullable BasisPoints share, TokenAmount amount, Tone tone) {
        return new Receipt.Line(
                messages.getMessage("rules.payee." + who, null, LocaleContextHolder.getLocale()),
                share == null ? null : format.share(share),
                amount,
                tone);
    }
}
