package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
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

    private static final String CONTRACT = "contract";

    /** The parts of facts that are numbers. */
    private static final Map<Class<?>, Function<BigInteger, Object>> NUMBERS =
            Map.of(
                    BigInteger.class, number -> number,
                    long.class, BigInteger::longValueExact,
                    int.class, BigInteger::intValueExact,
                    TokenAmount.class, TokenAmount::new,
                    SupplyId.class, number -> new SupplyId(number.longValueExact()),
                    RecipeId.class, number -> new RecipeId(number.longValueExact()),
                    WorkId.class, WorkId::new);

    /** Facts, the events that state them, and what their parts are called there, in their order. */
    private static final List<Event> EVENTS =
            """
            RuleChanged RuleBook RuleChanged version rule current
            EpochOpened Treasury EpochOpened number start end
            Collected Treasury Collected kind amount ref
            CostPaid Treasury CostPaid kind to amount receipt
            Spent Treasury Spent to amount
            SupplyDefined Supplies SupplyDefined id kind
            RecipeProposed Workshop RecipeProposed contract recipe author
            Bought Workshop Bought buyer supplyId supplier amount treasuryPaid
            Crafted Workshop Crafted contract recipe creator treasuryPaid
            Sold Market Sold contract orderHash tokenId buyer seller treasuryPaid
            Promoted Market Promoted contract orderHash promoter
            Remixed Works Remixed tokenId parents
            SeatMoved Seats Transfer from to id
            Cancelled ProfitShare Cancelled epoch root
            """
                    .lines()
                    .map(line -> Event.of(List.of(line.split(" ", -1))))
                    .toList();

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
        String name = text(field(json, "kind")) + "." + text(field(json, "event"));
        return EVENTS.stream()
                .filter(event -> event.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No statement reads " + name))
                .read(json);
    }

    private static ObjectNode json(Fact fact, ShareDomain domain) {
        return EVENTS.stream()
                .filter(event -> event.type() == fact.getClass())
                .findFirst()
                .orElseThrow()
                .write(fact, domain);
    }

    /**
     * An event and the fact that it states.
     *
     * @param arguments what the fact's parts are called, in their order, after its place
     */
    private record Event(String kind, String event, Class<?> type, List<String> arguments) {

        static Event of(List<String> words) {
            Class<?> type =
                    Arrays.stream(Fact.class.getPermittedSubclasses())
                            .filter(one -> one.getSimpleName().equals(words.getFirst()))
                            .findFirst()
                            .orElseThrow();
            return new Event(words.get(1), words.get(2), type, words.subList(3, words.size()));
        }

        String name() {
            return kind + "." + event;
        }

        Fact read(JsonNode json) {
            RecordComponent[] parts = type.getRecordComponents();
            Object[] values = new Object[parts.length];
            values[0] =
                    new Fact.Place(
                            whole(json, "block"),
                            whole(json, "time"),
                            Math.toIntExact(whole(json, "index")));
            JsonNode args = field(json, "args");
            for (int i = 1; i < parts.length; i++) {
                String name = arguments.get(i - 1);
                JsonNode from = name.equals(CONTRACT) ? json : args;
                values[i] = value(field(from, name), parts[i].getType());
            }
            try {
                return (Fact) type.getDeclaredConstructors()[0].newInstance(values);
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException("No " + name() + " is " + json, e);
            }
        }

        ObjectNode write(Fact fact, ShareDomain domain) {
            ObjectNode json = JSON.createObjectNode();
            json.put("block", fact.place().block());
            json.put("time", fact.place().time());
            json.put("index", fact.place().index());
            json.put("kind", kind);
            json.put(CONTRACT, contract(domain).toString());
            json.put("event", event);
            ObjectNode args = json.putObject("args");
            RecordComponent[] parts = type.getRecordComponents();
            for (int i = 1; i < parts.length; i++) {
                String name = arguments.get(i - 1);
                put(name.equals(CONTRACT) ? json : args, name, part(fact, parts[i]));
            }
            return json;
        }

        private Address contract(ShareDomain domain) {
            return kind.equals("ProfitShare")
                    ? domain.profitShare()
                    : ONLY.getOrDefault(kind, WORKSHOP);
        }

        private static Object part(Fact fact, RecordComponent part) {
            try {
                return part.getAccessor().invoke(fact);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void put(ObjectNode json, String name, Object value) {
        switch (value) {
            case List<?> all -> {
                ArrayNode array = json.putArray(name);
                all.forEach(one -> array.add(one.toString()));
            }
            case TokenAmount amount -> json.put(name, amount.units().toString());
            default -> json.put(name, value.toString());
        }
    }

    private static Object value(JsonNode json, Class<?> type) {
        if (type == Address.class) {
            return address(json);
        }
        if (type == Hash32.class) {
            return Hash32.parse(hex(json));
        }
        if (type == List.class) {
            List<WorkId> works = new ArrayList<>();
            list(json).forEach(text -> works.add(new WorkId(number(text))));
            return works;
        }
        return Objects.requireNonNull(NUMBERS.get(type)).apply(number(json));
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

    private static BigInteger number(JsonNode value) {
        String digits = text(value);
        if (!digits.matches("[0-9]+") || new BigInteger(digits).bitLength() > 256) {
            throw new IllegalArgumentException(digits + " is no number of 256 bits");
        }
        return new BigInteger(digits);
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
}
