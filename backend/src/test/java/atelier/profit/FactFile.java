package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Facts as the JSON that checkers exchange. */
final class FactFile {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Contracts of which a history has one, by their kind. */
    private static final Map<String, Address> ONLY =
            Map.of(
                    "RuleBook", Address.parse("01".repeat(Address.LENGTH)),
                    "Treasury", Address.parse("02".repeat(Address.LENGTH)),
                    "Supplies", Address.parse("03".repeat(Address.LENGTH)),
                    "Works", Address.parse("04".repeat(Address.LENGTH)),
                    "Seats", Address.parse("05".repeat(Address.LENGTH)));

    /** Kinds of which a history may have several contracts. */
    private static final Set<String> MANY = Set.of("Market", "Workshop");

    /** Which workshop sold a supply makes no difference. */
    private static final Address WORKSHOP = Address.parse("06".repeat(Address.LENGTH));

    private FactFile() {}

    /**
     * Reads one history.
     *
     * @throws IllegalArgumentException if the text is not in the format of the specification
     */
    static History read(String json) {
        JsonNode root = parse(json);
        List<Fact> facts = new ArrayList<>();
        Address profitShare = address(field(root, "profitShare"));
        Map<String, Address> contracts = new HashMap<>(Map.of("ProfitShare", profitShare));
        for (JsonNode fact : list(field(root, "facts"))) {
            requireOnly(fact, contracts);
            facts.add(fact(fact));
        }
        return new History(new ShareDomain(whole(root, "chainId"), profitShare), facts);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Of most kinds a history has one contract. */
    private static void requireOnly(JsonNode fact, Map<String, Address> contracts) {
        String kind = text(field(fact, "kind"));
        Address contract = address(field(fact, "contract"));
        if (!MANY.contains(kind)
                && !contracts.computeIfAbsent(kind, _ -> contract).equals(contract)) {
            throw new IllegalArgumentException("There is a second " + kind);
        }
    }

    static String write(History history) {
        ObjectNode root = JSON.createObjectNode();
        root.put("chainId", history.domain().chainId());
        root.put("profitShare", history.domain().profitShare().toString());
        ArrayNode facts = root.putArray("facts");
        history.facts().forEach(fact -> facts.add(json(fact, history.domain())));
        return root.toString();
    }

    private static Fact fact(JsonNode json) {
        Fact.Place at =
                new Fact.Place(
                        whole(json, "block"),
                        whole(json, "time"),
                        Math.toIntExact(whole(json, "index")));
        Address contract = address(field(json, "contract"));
        JsonNode args = field(json, "args");
        String name = text(field(json, "kind")) + "." + text(field(json, "event"));
        return switch (name) {
            case "RuleBook.RuleChanged" ->
                    new Fact.RuleChanged(
                            at,
                            number(args, "version").longValueExact(),
                            number(args, "rule").intValueExact(),
                            number(args, "current"));
            case "Treasury.EpochOpened" ->
                    new Fact.EpochOpened(
                            at,
                            number(args, "number").longValueExact(),
                            number(args, "start").longValueExact(),
                            number(args, "end").longValueExact());
            case "Treasury.Collected" ->
                    new Fact.Collected(
                            at,
                            number(args, "kind").intValueExact(),
                            amount(args, "amount"),
                            hash(args, "ref"));
            case "Treasury.CostPaid" ->
                    new Fact.CostPaid(
                            at,
                            number(args, "kind").intValueExact(),
                            address(field(args, "to")),
                            amount(args, "amount"),
                            hash(args, "receipt"));
            case "Treasury.Spent" ->
                    new Fact.Spent(at, address(field(args, "to")), amount(args, "amount"));
            case "Supplies.SupplyDefined" ->
                    new Fact.SupplyDefined(
                            at,
                            new SupplyId(number(args, "id").longValueExact()),
                            number(args, "kind").intValueExact());
            case "Workshop.RecipeProposed" ->
                    new Fact.RecipeProposed(
                            at, contract, recipe(args), address(field(args, "author")));
            case "Workshop.Bought" ->
                    new Fact.Bought(
                            at,
                            address(field(args, "buyer")),
                            new SupplyId(number(args, "supplyId").longValueExact()),
                            address(field(args, "supplier")),
                            number(args, "amount"),
                            amount(args, "treasuryPaid"));
            case "Workshop.Crafted" ->
                    new Fact.Crafted(
                            at,
                            contract,
                            recipe(args),
                            address(field(args, "creator")),
                            amount(args, "treasuryPaid"));
            case "Market.Sold" ->
                    new Fact.Sold(
                            at,
                            contract,
                            hash(args, "orderHash"),
                            new WorkId(number(args, "tokenId")),
                            address(field(args, "buyer")),
                            address(field(args, "seller")),
                            amount(args, "treasuryPaid"));
            case "Market.Promoted" ->
                    new Fact.Promoted(
                            at,
                            contract,
                            hash(args, "orderHash"),
                            address(field(args, "promoter")));
            case "Works.Remixed" ->
                    new Fact.Remixed(
                            at, new WorkId(number(args, "tokenId")), works(field(args, "parents")));
            case "Seats.Transfer" ->
                    new Fact.SeatMoved(
                            at,
                            address(field(args, "from")),
                            address(field(args, "to")),
                            number(args, "id"));
            case "ProfitShare.Cancelled" ->
                    new Fact.Cancelled(
                            at, number(args, "epoch").longValueExact(), hash(args, "root"));
            default -> throw new IllegalArgumentException("No statement reads " + name);
        };
    }

    private static ObjectNode json(Fact fact, ShareDomain domain) {
        return switch (fact) {
            case Fact.RuleChanged it ->
                    json(it, only("RuleBook"), "RuleBook", "RuleChanged")
                            .with("version", it.version())
                            .with("rule", it.rule())
                            .with("current", it.current())
                            .json();
            case Fact.EpochOpened it ->
                    treasury(it, "EpochOpened")
                            .with("number", it.number())
                            .with("start", it.start())
                            .with("end", it.end())
                            .json();
            case Fact.Collected it ->
                    treasury(it, "Collected")
                            .with("kind", it.kind())
                            .with("amount", it.amount().units())
                            .with("ref", it.reference())
                            .json();
            case Fact.CostPaid it ->
                    treasury(it, "CostPaid")
                            .with("kind", it.kind())
                            .with("to", it.to())
                            .with("amount", it.amount().units())
                            .with("receipt", it.receipt())
                            .json();
            case Fact.Spent it ->
                    treasury(it, "Spent")
                            .with("to", it.to())
                            .with("amount", it.amount().units())
                            .json();
            case Fact.SupplyDefined it ->
                    json(it, only("Supplies"), "Supplies", "SupplyDefined")
                            .with("id", it.supply())
                            .with("kind", it.kind())
                            .json();
            case Fact.RecipeProposed it ->
                    json(it, it.workshop(), "Workshop", "RecipeProposed")
                            .with("recipe", it.recipe())
                            .with("author", it.author())
                            .json();
            case Fact.Bought it ->
                    json(it, WORKSHOP, "Workshop", "Bought")
                            .with("buyer", it.buyer())
                            .with("supplyId", it.supply())
                            .with("supplier", it.supplier())
                            .with("amount", it.amount())
                            .with("treasuryPaid", it.treasuryPaid().units())
                            .json();
            case Fact.Crafted it ->
                    json(it, it.workshop(), "Workshop", "Crafted")
                            .with("recipe", it.recipe())
                            .with("creator", it.creator())
                            .with("treasuryPaid", it.treasuryPaid().units())
                            .json();
            case Fact.Sold it ->
                    json(it, it.market(), "Market", "Sold")
                            .with("orderHash", it.order())
                            .with("tokenId", it.work())
                            .with("buyer", it.buyer())
                            .with("seller", it.seller())
                            .with("treasuryPaid", it.treasuryPaid().units())
                            .json();
            case Fact.Promoted it ->
                    json(it, it.market(), "Market", "Promoted")
                            .with("orderHash", it.order())
                            .with("promoter", it.promoter())
                            .json();
            case Fact.Remixed it ->
                    json(it, only("Works"), "Works", "Remixed")
                            .with("tokenId", it.work())
                            .with("parents", it.parents())
                            .json();
            case Fact.SeatMoved it ->
                    json(it, only("Seats"), "Seats", "Transfer")
                            .with("from", it.from())
                            .with("to", it.to())
                            .with("id", it.seat())
                            .json();
            case Fact.Cancelled it ->
                    json(it, domain.profitShare(), "ProfitShare", "Cancelled")
                            .with("epoch", it.epoch())
                            .with("root", it.root())
                            .json();
        };
    }

    private static Event treasury(Fact fact, String event) {
        return json(fact, only("Treasury"), "Treasury", event);
    }

    private static Event json(Fact fact, Address contract, String kind, String event) {
        ObjectNode json = JSON.createObjectNode();
        json.put("block", fact.place().block());
        json.put("time", fact.place().time());
        json.put("index", fact.place().index());
        json.put("kind", kind);
        json.put("contract", contract.toString());
        json.put("event", event);
        return new Event(json, json.putObject("args"));
    }

    private static Address only(String kind) {
        return Objects.requireNonNull(ONLY.get(kind));
    }

    private static JsonNode field(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing in " + object);
        }
        return value;
    }

    private static String text(JsonNode value) {
        if (!value.isString()) {
            throw new IllegalArgumentException(value + " is no text");
        }
        return value.asString();
    }

    private static JsonNode list(JsonNode value) {
        if (!value.isArray()) {
            throw new IllegalArgumentException(value + " is no list");
        }
        return value;
    }

    /** A JSON number that every reader of JSON reads alike. */
    private static long whole(JsonNode object, String name) {
        JsonNode value = field(object, name);
        if (!value.isIntegralNumber()
                || value.bigIntegerValue().signum() < 0
                || value.bigIntegerValue().bitLength() > 53) {
            throw new IllegalArgumentException(name + " is no whole number: " + value);
        }
        return value.longValue();
    }

    private static BigInteger number(JsonNode args, String name) {
        return number(field(args, name));
    }

    private static BigInteger number(JsonNode value) {
        String digits = text(value);
        if (!digits.matches("[0-9]+") || new BigInteger(digits).bitLength() > 256) {
            throw new IllegalArgumentException(digits + " is no number of 256 bits");
        }
        return new BigInteger(digits);
    }

    private static TokenAmount amount(JsonNode args, String name) {
        return new TokenAmount(number(args, name));
    }

    private static RecipeId recipe(JsonNode args) {
        return new RecipeId(number(args, "recipe").longValueExact());
    }

    private static Hash32 hash(JsonNode args, String name) {
        return Hash32.parse(hex(field(args, name)));
    }

    private static Address address(JsonNode value) {
        return Address.parse(hex(value));
    }

    private static String hex(JsonNode value) {
        String digits = text(value);
        if (!digits.matches("0x[0-9a-f]*")) {
            throw new IllegalArgumentException(digits + " is no lower-case hexadecimal");
        }
        return digits;
    }

    private static List<WorkId> works(JsonNode texts) {
        List<WorkId> works = new ArrayList<>();
        list(texts).forEach(text -> works.add(new WorkId(number(text))));
        return works;
    }

    /** A fact's JSON while its arguments are put in. */
    private record Event(ObjectNode json, ObjectNode args) {

        Event with(String name, Object value) {
            if (value instanceof List<?> all) {
                ArrayNode array = args.putArray(name);
                all.forEach(one -> array.add(one.toString()));
            } else {
                args.put(name, value.toString());
            }
            return this;
        }
    }
}
