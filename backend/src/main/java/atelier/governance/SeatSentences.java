package atelier.governance;

import atelier.chain.Contracts;
import atelier.governance.Sentence.Change;
import atelier.kernel.Address;
import java.math.BigInteger;
import org.springframework.stereotype.Component;

/** Says what calls of the Seats do. */
@Component
class SeatSentences {

    private final Phrases phrases;
    private final Seats seats;
    private final Contracts contracts;

    SeatSentences(Phrases phrases, Seats seats, Contracts contracts) {
        this.phrases = phrases;
        this.seats = seats;
        this.contracts = contracts;
    }

    Said revoking(Deed.Known deed, Before before) {
        String holder = holder(deed.number(0), before);
        return phrases.changing(
                deed,
                new Change(
                        phrases.words("council.says.seat", deed.number(0).toString()),
                        holder,
                        phrases.words("council.says.nobody")),
                deed.number(0).toString(),
                holder,
                Phrases.quoted(deed.text(1)));
    }

    Said recovering(Deed.Known deed, Before before) {
        String holder = holder(deed.number(0), before);
        String to = deed.address(1).toString();
        return phrases.changing(
                deed,
                new Change(
                        phrases.words("council.says.seat", deed.number(0).toString()), holder, to),
                deed.number(0).toString(),
                holder,
                to);
    }

    Said registrar(Deed.Known deed, Before before) {
        String to = phrases.name(deed.address(0));
        return phrases.changing(
                deed,
                new Change(
                        phrases.words("council.says.registrar"),
                        before.known(() ->
                                phrases.ask(
                                        contracts.seats().registrar(),
                                        account -> phrases.name(Address.parse(account)))),
                        to),
                to);
    }

    private String holder(BigInteger seat, Before before) {
        return seat.bitLength() < Long.SIZE
                ? seats.numbered(seat.longValueExact(), before.block())
                        .map(found -> phrases.name(found.account()))
                        .orElse(phrases.words("council.says.nobody"))
                : phrases.words("council.says.nobody");
    }
}
