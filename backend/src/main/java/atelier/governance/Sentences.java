package atelier.governance;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.governance.Sentence.Change;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.ledger.Ledger;
import atelier.rules.Contacts;
import atelier.rules.Rule;
import atelier.rules.RuleWords;
import atelier.rules.Rulebook;
import atelier.web.Format;
import atelier.workshop.RecipeStatus;
import atelier.workshop.RecipeView;
import atelier.workshop.SupplyView;
import atelier.workshop.Workshop;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.web3j.protocol.core.RemoteFunctionCall;

/**
 * Says in the reader's language what calls do: from their bytes and from what is in force, never
 * from what the proposer wrote.
 */
@Component
class Sentences {

    private static final int SELECTOR_HEX = 10;

    private final Contracts contracts;
    private final Contacts contacts;
    private final RuleWords ruleWords;
    private final Workshop workshop;
    private final Ledger ledger;
    private final Seats seats;
    private final Ratchet ratchet;
    private final Members members;
    private final Format format;
    private final MessageSource messages;

    Sentences(
            Contracts contracts,
            Contacts contacts,
            RuleWords ruleWords,
            Workshop workshop,
            Ledger ledger,
            Seats seats,
            Ratchet ratchet,
            Members members,
            Format format,
            MessageSource messages) {
        this.contracts = contracts;
        this.contacts = contacts;
        this.ruleWords = ruleWords;
        this.workshop = workshop;
        this.ledger = ledger;
        this.seats = seats;
        this.ratchet = ratchet;
        this.members = members;
        this.format = format;
        this.messages = messages;
    }

    /** Which contract of ours is where. */
    Map<Address, ContractKind> places() {
        Map<Address, ContractKind> places = new HashMap<>();
        for (ContractKind kind : ContractKind.values()) {
            places.put(contracts.address(kind), kind);
        }
        return places;
    }

    /**
     * What these calls do.
     *
     * @param before what was in force before them
     */
    List<Sentence> of(List<ProposedCall> calls, Rulebook before) {
        Map<Address, ContractKind> places = places();
        Rulebook current = before;
        List<Sentence> sentences = new ArrayList<>();
        for (ProposedCall call : calls) {
            Deed deed = Deed.of(call, places);
            sentences.add(
                    switch (deed) {
                        case Deed.Known known -> known(known, call, current);
                        case Deed.Unread(ContractKind contract) -> unread(contract, call);
                    });
            current = after(deed, current);
        }
        return sentences;
    }

    /** The rules that these calls would set, by the last word on each. */
    Map<Rule, BigInteger> rulesSet(List<ProposedCall> calls) {
        Map<Address, ContractKind> places = places();
        Map<Rule, BigInteger> set = new HashMap<>();
        calls.forEach(call -> set.putAll(rulesSet(Deed.of(call, places))));
        return set;
    }

    private Rulebook after(Deed deed, Rulebook before) {
        return before.with(rulesSet(deed));
    }

    private static Map<Rule, BigInteger> rulesSet(Deed deed) {
        Map<Rule, BigInteger> set = new HashMap<>();
        if (deed instanceof Deed.Known(Act act, var arguments) && act == Act.SET_RULES) {
            List<?> ids = (List<?>) arguments.get(0);
            List<?> values = (List<?>) arguments.get(1);
            for (int i = 0; i < Math.min(ids.size(), values.size()); i++) {
                BigInteger value = (BigInteger) values.get(i);
                rule((BigInteger) ids.get(i)).ifPresent(rule -> set.put(rule, value));
            }
        }
        return set;
    }

    private static Optional<Rule> rule(BigInteger id) {
        return id.intValue() < Rule.values().length
                ? Optional.of(Rule.ofId(id.intValue()))
                : Optional.empty();
    }

    private Sentence unread(@Nullable ContractKind kind, ProposedCall call) {
        String contract = kind == null ? listedAs(call.target()) : kind.directoryName();
        String hex = call.hex();
        String selector = hex.length() < SELECTOR_HEX ? hex : hex.substring(0, SELECTOR_HEX);
        return new Sentence(
                words("council.says.unread", contract), List.of(), contract, selector, hex, false);
    }

    /** Under what name the Directory lists a contract that we do not know. */
    private String listedAs(Address target) {
        return contacts.all().stream()
                .filter(contact -> contact.at().equals(target))
                .map(contact -> contact.kind() + " " + format.brief(target))
                .findFirst()
                .orElse(target.toString());
    }

    private Sentence known(Deed.Known deed, ProposedCall call, Rulebook before) {
        Said said = say(deed, before);
        return new Sentence(
                said.words(),
                said.changes(),
                deed.act().contract().directoryName(),
                deed.act().signature(),
                call.hex(),
                true);
    }

    private record Said(String words, List<Change> changes) {}

    private Said say(Deed.Known deed, Rulebook before) {
        return switch (deed.act()) {
            case SET_RULES -> rules(deed, before);
            case APPROVE_RECIPE -> recipe(deed, RecipeStatus.APPROVED);
            case RETIRE_RECIPE -> recipe(deed, RecipeStatus.RETIRED);
            case SPEND -> pays(deed, deed.address(0), deed.number(1), deed.text(2));
            case PAY_COST -> pays(deed, deed.address(1), deed.number(2), deed.text(3));
            case NOTE -> plain(deed, quoted(deed.text(0)));
            case LIST_CONTRACT -> listing(deed);
            case RETIRE_CONTRACT -> retiring(deed);
            case REVOKE_SEAT -> revoking(deed);
            case PARDON -> plain(deed, name(deed.address(0)));
            case RECOVER_SEAT -> recovering(deed);
            case SET_REGISTRAR -> registrar(deed);
            case RAISE -> raising(deed);
            case ASSIGN -> assigning(deed);
            case SET_DELAY -> delay(deed);
            case SET_POLICY -> policy(deed);
            case ADD_POINTS_MODULE,
                    REMOVE_POINTS_MODULE,
                    ADD_SUPPLIES_MODULE,
                    REMOVE_SUPPLIES_MODULE,
                    ADD_WORKS_MODULE,
                    REMOVE_WORKS_MODULE ->
                    plain(deed, contract(deed.address(0)));
            case SET_BASE_URI -> plain(deed, quoted(deed.text(0)));
            case SET_PRICE -> price(deed);
            case RESTOCK -> plain(deed, supply(deed.number(0)), format.count(deed.number(1)));
            case DEFINE_SUPPLY -> supply(deed);
            case RELEASE_STATEMENT, CANCEL_STATEMENT -> plain(deed);
        };
    }

    private Said plain(Deed.Known deed, Object... arguments) {
        return new Said(words("council.says." + deed.act().key(), arguments), List.of());
    }

    private Said changing(Deed.Known deed, Change change, Object... arguments) {
        return new Said(words("council.says." + deed.act().key(), arguments), List.of(change));
    }

    private Said rules(Deed.Known deed, Rulebook before) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < Math.min(deed.list(0).size(), deed.list(1).size()); i++) {
            changes.add(
                    rule(
                            (BigInteger) deed.list(0).get(i),
                            (BigInteger) deed.list(1).get(i),
                            before));
        }
        String words =
                String.join(
                        words("council.says.and"),
                        changes.stream()
                                .map(one ->
                                        words(
                                                "council.says.set-rules",
                                                one.name(),
                                                String.valueOf(one.before()),
                                                one.after()))
                                .toList());
        return new Said(words, changes);
    }

    private Change rule(BigInteger id, BigInteger value, Rulebook before) {
        return rule(id).map(rule ->
                        new Change(
                                ruleWords.name(rule),
                                ruleWords.value(rule, before.value(rule)),
                                value(rule, value)))
                .orElseGet(() ->
                        new Change(
                                words("council.says.no-rule", id.toString()),
                                words("council.says.nothing"),
                                value.toString()));
    }

    /** A number that the rule cannot have is shown as it is: it has no words. */
    private String value(Rule rule, BigInteger value) {
        return rule.bounds().contain(value)
                ? ruleWords.value(rule, value)
                : words("council.says.out-of-bounds", value.toString());
    }

    private Said recipe(Deed.Known deed, RecipeStatus after) {
        Optional<RecipeView> recipe =
                deed.number(0).bitLength() < Long.SIZE
                        ? workshop.recipe(new RecipeId(deed.number(0).longValueExact()))
                        : Optional.empty();
        String title = recipe.map(RecipeView::title).orElse("№ " + deed.number(0));
        return changing(
                deed,
                new Change(
                        title,
                        recipe.map(one -> status(one.status()))
                                .orElse(words("council.says.nothing")),
                        status(after)),
                title);
    }

    private String status(RecipeStatus status) {
        return words("workshop.status." + status.name());
    }

    private Said pays(Deed.Known deed, Address to, BigInteger units, String text) {
        TokenAmount amount = new TokenAmount(units);
        TokenAmount held = ledger.pointsOf(contracts.address(ContractKind.TREASURY));
        boolean enough = held.units().compareTo(units) >= 0;
        return changing(
                deed,
                new Change(
                        words("council.says.treasury"),
                        format.points(held),
                        enough
                                ? format.points(held.minus(amount))
                                : words("council.says.not-enough")),
                name(to),
                format.points(amount),
                quoted(text));
    }

    private Said listing(Deed.Known deed) {
        String kind = ascii((Hash32) deed.arguments().get(0));
        return changing(
                deed,
                new Change(
                        quoted(kind),
                        contacts.all().stream()
                                .filter(one -> one.kind().equals(kind) && one.lastBlock() == null)
                                .map(one -> one.at().toString())
                                .reduce((_, last) -> last)
                                .orElse(words("council.says.nothing")),
                        deed.address(1).toString()),
                quoted(kind),
                deed.address(1).toString());
    }

    private Said retiring(Deed.Known deed) {
        return changing(
                deed,
                new Change(
                        contract(deed.address(0)),
                        words("council.says.in-use"),
                        words("council.says.retired")),
                contract(deed.address(0)));
    }

    private Said revoking(Deed.Known deed) {
        String holder = holder(deed.number(0));
        return changing(
                deed,
                new Change(
                        words("council.says.seat", deed.number(0).toString()),
                        holder,
                        words("council.says.nobody")),
                deed.number(0).toString(),
                holder,
                quoted(deed.text(1)));
    }

    private Said recovering(Deed.Known deed) {
        String holder = holder(deed.number(0));
        String to = deed.address(1).toString();
        return changing(
                deed,
                new Change(words("council.says.seat", deed.number(0).toString()), holder, to),
                deed.number(0).toString(),
                holder,
                to);
    }

    private Said registrar(Deed.Known deed) {
        String to = name(deed.address(0));
        return changing(
                deed,
                new Change(
                        words("council.says.registrar"),
                        ask(contracts.seats().registrar(), account -> name(Address.parse(account))),
                        to),
                to);
    }

    private Said raising(Deed.Known deed) {
        int stage = ratchet.stage().orElse(0);
        return changing(
                deed,
                new Change(
                        words("council.says.stage"),
                        words("council.stage." + stage),
                        words("council.stage." + Math.min(stage + 1, Ratchet.LAST_STAGE))),
                words("council.stage." + Math.min(stage + 1, Ratchet.LAST_STAGE)));
    }

    private Said assigning(Deed.Known deed) {
        long role = deed.number(2).min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
        String to =
                role == 1 || role == 2
                        ? words("council.role." + role)
                        : words("council.role.other", deed.number(2).toString());
        String functions = String.join(", ", deed.list(1).stream().map(Object::toString).toList());
        return plain(deed, contract(deed.address(0)), functions, to);
    }

    private Said delay(Deed.Known deed) {
        String after = duration(deed.number(0));
        return changing(
                deed,
                new Change(words("council.says.delay"), ruleWords.duration(ratchet.delay()), after),
                after);
    }

    private Said policy(Deed.Known deed) {
        String after = policy(deed.number(0));
        return changing(
                deed,
                new Change(
                        words("council.says.policy"),
                        ask(contracts.points().policy(), this::policy),
                        after),
                after);
    }

    private String policy(BigInteger policy) {
        return policy.compareTo(BigInteger.TWO) <= 0
                ? words("council.policy." + policy)
                : policy.toString();
    }

    private Said price(Deed.Known deed) {
        String supply = supply(deed.number(0));
        String after = format.points(new TokenAmount(deed.number(1)));
        return changing(
                deed,
                new Change(
                        supply,
                        found(deed.number(0))
                                .map(one -> format.points(one.price()))
                                .orElse(words("council.says.nothing")),
                        after),
                supply,
                after);
    }

    private Said supply(Deed.Known deed) {
        return plain(
                deed,
                quoted(deed.text(4)),
                name(deed.address(1)),
                format.points(new TokenAmount(deed.number(2))),
                format.count(deed.number(3)));
    }

    private String supply(BigInteger id) {
        return found(id).map(SupplyView::name).orElse("№ " + id);
    }

    private Optional<SupplyView> found(BigInteger id) {
        return id.bitLength() < Long.SIZE && id.signum() > 0
                ? workshop.supply(new SupplyId(id.longValueExact()))
                : Optional.empty();
    }

    private String duration(BigInteger seconds) {
        return seconds.bitLength() < Long.SIZE
                ? ruleWords.value(Rule.VOTING_DELAY, seconds)
                : seconds.toString();
    }

    private String holder(BigInteger seat) {
        return seat.bitLength() < Long.SIZE
                ? seats.numbered(seat.longValueExact())
                        .map(found -> name(found.account()))
                        .orElse(words("council.says.nobody"))
                : words("council.says.nobody");
    }

    /** What a contract says; a page is not worth failing for it. */
    private <T> String ask(RemoteFunctionCall<T> question, Function<T, String> words) {
        try {
            return words.apply(question.send());
        } catch (Exception e) {
            return words("council.says.nothing");
        }
    }

    private String name(Address account) {
        return members.byAddress(account)
                .map(Member::name)
                .map(name -> name + " (" + format.brief(account) + ")")
                .orElse(account.toString());
    }

    private String contract(Address address) {
        ContractKind kind = places().get(address);
        return kind == null ? listedAs(address) : kind.directoryName();
    }

    /** Text that anybody may have put there: nothing in it hides or turns what stands around it. */
    private static String quoted(String text) {
        return Reason.shown(text).replace('\n', ' ').strip();
    }

    private static String ascii(Hash32 bytes) {
        return new String(bytes.bytes(), StandardCharsets.US_ASCII).replace("\0", "");
    }

    private String words(String key, Object... arguments) {
        return messages.getMessage(key, arguments, LocaleContextHolder.getLocale());
    }
}
