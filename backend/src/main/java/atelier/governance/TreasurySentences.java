package atelier.governance;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.governance.Sentence.Change;
import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import atelier.web.Format;
import java.math.BigInteger;
import org.springframework.stereotype.Component;

/** Says what calls of the Treasury do: whom they pay, and what is left. */
@Component
class TreasurySentences {

    private final Phrases phrases;
    private final Ledger ledger;
    private final Contracts contracts;
    private final Format format;

    TreasurySentences(Phrases phrases, Ledger ledger, Contracts contracts, Format format) {
        this.phrases = phrases;
        this.ledger = ledger;
        this.contracts = contracts;
        this.format = format;
    }

    Said spending(Deed.Known deed) {
        return pays(deed, deed.address(0), deed.number(1), deed.text(2));
    }

    Said payingCost(Deed.Known deed) {
        return pays(deed, deed.address(1), deed.number(2), deed.text(3));
    }

    private Said pays(Deed.Known deed, Address to, BigInteger units, String text) {
        TokenAmount amount = new TokenAmount(units);
        TokenAmount held = ledger.pointsOf(contracts.address(ContractKind.TREASURY));
        boolean enough = held.units().compareTo(units) >= 0;
        return phrases.changing(
                deed,
                new Change(
                        phrases.words("council.says.treasury"),
                        format.points(held),
                        enough
                                ? format.points(held.minus(amount))
                                : phrases.words("council.says.not-enough")),
                phrases.name(to),
                format.points(amount),
                Phrases.quoted(text));
    }
}
