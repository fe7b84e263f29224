package atelier.audit;

import atelier.kernel.Hash32;
import java.util.function.BinaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes what a node says of the first log of an event, wherever it says it. */
final class Lie implements BinaryOperator<String> {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Hash32 event;
    private final int word;
    private final boolean inReceipts;
    private volatile String victim = "";

    private Lie(Hash32 event, int word, boolean inReceipts) {
        this.event = event;
        this.word = word;
        this.inReceipts = inReceipts;
    }

    /** Turns over the lowest bit of a word of its data. */
    static Lie alters(Hash32 event, int word) {
        return new Lie(event, word, true);
    }

    /** Leaves it out. */
    static Lie omits(Hash32 event, boolean inReceipts) {
        return new Lie(event, -1, inReceipts);
    }

    @Override
    public String apply(String request, String answer) {
        if (!answer.contains(event.toString())) {
            return answer;
        }
        JsonNode json = JSON.readTree(answer);
        look(json);
        return json.toString();
    }

    private void look(JsonNode json) {
        if (json instanceof ObjectNode object) {
            if (!inReceipts && object.has("logs")) {
                return;
            }
            if (object.has("topics")) {
                alter(object);
            }
        }
        if (json instanceof ArrayNode array && word < 0) {
            for (int i = array.size() - 1; i >= 0; i--) {
                if (isVictim(array.get(i))) {
                    array.remove(i);
                }
            }
        }
        json.forEach(this::look);
    }

    private void alter(ObjectNode log) {
        if (word >= 0 && isVictim(log)) {
            char[] data = log.get("data").asString().toCharArray();
            int digit = 2 + 64 * word + 63;
            data[digit] = Character.forDigit(Character.digit(data[digit], 16) ^ 1, 16);
            log.put("data", new String(data));
        }
    }

    private boolean isVictim(JsonNode log) {
        if (!log.path("topics").path(0).asString("").equals(event.toString())) {
            return false;
        }
        String place = log.get("blockNumber").asString() + " " + log.get("logIndex").asString();
        if (victim.isEmpty()) {
            victim = place;
        }
        return victim.equals(place);
    }
}
