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

    Said spending(Deed.Known deed, Before before) {
        return pays(deed, deed.address(0), deed.number(1), deed.text(2), before);
    }

    Said payingCost(Deed.Known deed, Before before) {
        return pays(deed, deed.address(1), deed.number(2), deed.text(3), before);
    }

    private Said pays(Deed.Known deed, Address to, BigInteger units, String text, Before before) {
        TokenAmount amount = new TokenAmount(units);
        Object[] said = {phrases.name(to), format.points(amount), Phrases.quoted(text)};
        return before.toCome()
                ? phrases.changing(deed, treasury(amount), said)
                : phrases.plain(deed, said);
    }

    private Change treasury(TokenAmount paid) {
        TokenAmount held = ledger.pointsOf(contracts.address(ContractKind.TREASURY));
        return new Change(
                phrases.words("council.says.treasury"),
                format.points(held),
                held.compareTo(paid) >= 0
                        ? format.points(held.minus(paid))
                        : phrases.words("council.says.not-enough"));
    }
}
