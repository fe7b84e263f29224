package atelier.site;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.chain.Mirror;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.ledger.AssetProof;
import atelier.ledger.Ledger;
import atelier.ledger.Reconciliation;
import atelier.rules.Contacts;
import atelier.web.Format;
import atelier.workshop.SupplyView;
import atelier.workshop.Workshop;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Gathers what {@code /proof} shows, in the reader's words. */
@Component
class Proofs {

    private static final String POINTS = "points";
    private static final String SUPPLY = "supply:";

    private final Mirror mirror;
    private final Ledger ledger;
    private final Workshop workshop;
    private final Contacts contacts;
    private final Contracts contracts;
    private final MessageSource messages;
    private final Format format;

    Proofs(
            Mirror mirror,
            Ledger ledger,
            Workshop workshop,
            Contacts contacts,
            Contracts contracts,
            MessageSource messages,
            Format format) {
        this.mirror = mirror;
        this.ledger = ledger;
        this.workshop = workshop;
        this.contacts = contacts;
        this.contracts = contracts;
        this.messages = messages;
        this.format = format;
    }

    Proof now() {
        return new Proof(
                mirror.status().orElse(null),
                mirror.nodeAnswers(),
                ledger.supplies().stream().map(this::line).toList(),
                samples(ledger.reconciliation()),
                addresses());
    }

    private Proof.AssetLine line(AssetProof proof) {
        return new Proof.AssetLine(
                name(proof.asset()),
                figure(proof, proof.supply()),
                figure(proof, proof.holdings()),
                figure(proof, proof.difference()),
                proof.sound());
    }

    private static Proof.@Nullable Samples samples(Reconciliation latest) {
        return latest.at() == null
                ? null
                : new Proof.Samples(latest.block(), latest.compared(), latest.differences().size());
    }

    /** The Directory lists itself and the others; it alone has to be known. */
    private List<Proof.ContractLine> addresses() {
        List<Proof.ContractLine> lines = new ArrayList<>();
        if (contracts.deployed()) {
            lines.add(
                    new Proof.ContractLine(
                            ContractKind.DIRECTORY.directoryName(),
                            contracts.address(ContractKind.DIRECTORY),
                            null));
        }
        contacts.all().stream()
                .filter(entry -> !entry.kind().equals(ContractKind.DIRECTORY.directoryName()))
                .map(entry -> new Proof.ContractLine(entry.kind(), entry.at(), entry.lastBlock()))
                .forEach(lines::add);
        return lines;
    }

    private String figure(AssetProof proof, BigInteger amount) {
        return proof.asset().equals(POINTS)
                ? format.amount(new TokenAmount(amount))
                : format.count(amount);
    }

    private String name(String asset) {
        return asset.startsWith(SUPPLY)
                ? supply(new SupplyId(Long.parseLong(asset.substring(SUPPLY.length()))))
                : words("site.proof." + asset);
    }

    private String supply(SupplyId id) {
        return workshop.supply(id)
                .map(SupplyView::name)
                .orElseGet(() -> words("site.proof.supply-name", id.toString()));
    }

    private String words(String key, Object... values) {
        return messages.getMessage(key, values, LocaleContextHolder.getLocale());
    }
}
