package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * A failure's values as JSON and back: numbers as numbers, points, addresses and hashes tagged, so
 * that a page shows each as it would have at once.
 */
final class Words {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String POINTS = "points:";

    private Words() {}

    static String write(List<Object> values) {
        ArrayNode array = JSON.createArrayNode();
        for (Object value : values) {
            switch (value) {
                case TokenAmount amount -> array.add(POINTS + amount.units());
                case BigInteger number -> array.add(number);
                case Number number -> array.add(number.longValue());
                case Boolean truth -> array.add(truth);
                default -> array.add(value.toString());
            }
        }
        return array.toString();
    }

    static List<Object> read(String json) {
        List<Object> values = new ArrayList<>();
        for (JsonNode node : JSON.readTree(json)) {
            values.add(value(node));
        }
        return values;
    }

    private static Object value(JsonNode node) {
        if (node.isNumber()) {
            return node.bigIntegerValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        String text = node.asString();
        if (text.startsWith(POINTS)) {
            return new TokenAmount(new BigInteger(text.substring(POINTS.length())));
        }
        if (text.matches("0x[0-9a-f]{40}")) {
            return Address.parse(text);
        }
        return text.matches("0x[0-9a-f]{64}") ? Hash32.parse(text) : text;
    }
}
