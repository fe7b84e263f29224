package atelier.market.web;

import atelier.kernel.Address;
import atelier.kernel.BasisPoints;
import atelier.kernel.TokenAmount;
import atelier.market.Sale;
import atelier.market.Split;
import atelier.rules.Rulebook;
import atelier.rules.Rules;
import atelier.web.Format;
import atelier.web.Receipt;
import atelier.web.Receipt.Line;
import atelier.web.Tone;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Writes a split as a receipt: every recipient by name, the parts in the order of their size. */
@Component
class Receipts {

    private final MarketNames names;
    private final Rules rules;
    private final Format format;
    private final MessageSource messages;

    Receipts(MarketNames names, Rules rules, Format format, MessageSource messages) {
        this.names = names;
        this.rules = rules;
        this.format = format;
        this.messages = messages;
    }

    /** What would be paid under the rules in force. */
    Receipt planned(Split split) {
        return receipt(split, rules.current());
    }

    /** What was paid. */
    Receipt paid(Sale sale) {
        return receipt(sale.split(), rules.at(sale.block()));
    }

    private Receipt receipt(Split split, Rulebook book) {
        MarketNames.Known known =
                names.of(List.of(split.seller(), split.creator(), split.author()));
        TokenAmount total = split.total();
        List<Line> lines = new ArrayList<>();
        lines.add(
                new Line(
                        person("market.role.seller", known, split.seller()),
                        null,
                        split.sellerPaid(),
                        Tone.SELLER));
        add(
                lines,
                person("market.role.creator", known, split.creator()),
                share(book.creatorRoyalty(), total, split.creatorPaid()),
                split.creatorPaid(),
                Tone.CREATOR);
        add(
                lines,
                person("market.role.author", known, split.author()),
                share(book.authorRoyalty(), total, split.authorPaid()),
                split.authorPaid(),
                Tone.AUTHOR);
        add(
                lines,
                words("market.role.treasury"),
                share(book.tradingFee(), total, split.treasuryPaid()),
                split.treasuryPaid(),
                Tone.TREASURY);
        return new Receipt(lines, total);
    }

    private static void add(
            List<Line> lines, String label, @Nullable String note, TokenAmount paid, Tone tone) {
        if (paid.signum() > 0) {
            lines.add(new Line(label, note, paid, tone));
        }
    }

    /** The percentage, unless a rule that changed within the block makes it another. */
    private @Nullable String share(BasisPoints rule, TokenAmount total, TokenAmount paid) {
        return rule.of(total).equals(paid) ? format.share(rule) : null;
    }

    private String person(String key, MarketNames.Known known, Address account) {
        return words(key, known.of(account));
    }

    private String words(String key, Object... values) {
        return messages.getMessage(key, values, LocaleContextHolder.getLocale());
    }
}
