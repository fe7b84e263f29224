package atelier.governance;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.kernel.Address;
import atelier.rules.Rule;
import atelier.workshop.RecipeStatus;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Says in the reader's language what calls do: from their bytes and from what is in force, never
 * from what the proposer wrote.
 */
@Component
class Sentences {

    private static final int SELECTOR_HEX = 10;

    private final Contracts contracts;
    private final Phrases phrases;
    private final RuleSentences rules;
    private final WorkshopSentences workshop;
    private final TreasurySentences treasury;
    private final DirectorySentences directory;
    private final SeatSentences seats;
    private final PowerSentences powers;

    Sentences(
            Contracts contracts,
            Phrases phrases,
            RuleSentences rules,
            WorkshopSentences workshop,
            TreasurySentences treasury,
            DirectorySentences directory,
            SeatSentences seats,
            PowerSentences powers) {
        this.contracts = contracts;
        this.phrases = phrases;
        this.rules = rules;
        this.workshop = workshop;
        this.treasury = treasury;
        this.directory = directory;
        this.seats = seats;
        this.powers = powers;
    }

    /** What these calls do, one after the other. */
    List<Sentence> of(List<ProposedCall> calls, Before before) {
        Map<Address, ContractKind> kinds = contracts.kinds();
        Before current = before;
        List<Sentence> sentences = new ArrayList<>();
        for (ProposedCall call : calls) {
            Deed deed = Deed.of(call, kinds);
            sentences.add(
                    switch (deed) {
                        case Deed.Known known -> known(known, call, current);
                        case Deed.Unread _ -> unread(call);
                    });
            current = current.after(deed);
        }
        return sentences;
    }

    /** The rules that these calls would set, by the last word on each. */
    SortedMap<Rule, BigInteger> rulesSet(List<ProposedCall> calls) {
        Map<Address, ContractKind> kinds = contracts.kinds();
        SortedMap<Rule, BigInteger> set = new TreeMap<>();
        calls.forEach(call -> set.putAll(RuleSentences.set(Deed.of(call, kinds))));
        return set;
    }

    private Sentence unread(ProposedCall call) {
        String contract = phrases.contract(call.target());
        String hex = call.hex();
        String selector = hex.length() < SELECTOR_HEX ? hex : hex.substring(0, SELECTOR_HEX);
        return new Sentence(
                phrases.words("council.says.unread", contract),
                List.of(),
                contract,
                selector,
                hex,
                false);
    }

    private Sentence known(Deed.Known deed, ProposedCall call, Before before) {
        Said said = say(deed, before);
        return new Sentence(
                said.words(),
                said.changes(),
                deed.act().contract().directoryName(),
                deed.act().signature(),
                call.hex(),
                true);
    }

    private Said say(Deed.Known deed, Before before) {
        return switch (deed.act()) {
            case SET_RULES -> rules.setting(deed, before.rules());
            case APPROVE_RECIPE -> workshop.recipe(deed, RecipeStatus.APPROVED, before);
            case RETIRE_RECIPE -> workshop.recipe(deed, RecipeStatus.RETIRED, before);
            case SET_PRICE -> workshop.pricing(deed, before);
            case RESTOCK -> workshop.restocking(deed);
            case DEFINE_SUPPLY -> workshop.defining(deed);
            case SPEND -> treasury.spending(deed, before);
            case PAY_COST -> treasury.payingCost(deed, before);
            case LIST_CONTRACT -> directory.listing(deed, before);
            case RETIRE_CONTRACT -> directory.retiring(deed);
            case REVOKE_SEAT -> seats.revoking(deed, before);
            case RECOVER_SEAT -> seats.recovering(deed, before);
            case SET_REGISTRAR -> seats.registrar(deed, before);
            case RAISE -> powers.raising(deed, before);
            case ASSIGN -> powers.assigning(deed);
            case SET_DELAY -> powers.delay(deed, before);
            case SET_POLICY -> powers.policy(deed, before);
            case PARDON -> phrases.plain(deed, phrases.name(deed.address(0)));
            case ADD_POINTS_MODULE,
                    REMOVE_POINTS_MODULE,
                    ADD_SUPPLIES_MODULE,
                    REMOVE_SUPPLIES_MODULE,
                    ADD_WORKS_MODULE,
                    REMOVE_WORKS_MODULE ->
                    phrases.plain(deed, phrases.contract(deed.address(0)));
            case NOTE, SET_BASE_URI -> phrases.plain(deed, Phrases.quoted(deed.text(0)));
            case RELEASE_STATEMENT, CANCEL_STATEMENT -> phrases.plain(deed);
        };
    }
}
