package atelier.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What may be wrong with a node's answer. Blocks 0 and 1 are left alone: who lies about those tells
 * of another chain.
 */
enum Corruption {
    TRUNCATED_JSON {
        @Override
        String told(String request, String answer, SplittableRandom random) {
            return answer.substring(0, random.nextInt(answer.length()));
        }
    },
    OMITTED_LOGS {
        @Override
        void bend(List<JsonNode> logs, SplittableRandom random) {
            if (logs.size() > 1 && random.nextBoolean()) {
                logs.removeFirst();
            } else {
                logs.clear();
            }
        }
    },
    REPEATED_LOGS {
        @Override
        void bend(List<JsonNode> logs, SplittableRandom random) {
            logs.addAll(List.copyOf(logs));
        }
    },
    REORDERED_LOGS {
        @Override
        void bend(List<JsonNode> logs, SplittableRandom random) {
            Collections.reverse(logs);
        }
    },
    FORGED_LOG {
        @Override
        void bend(List<JsonNode> logs, SplittableRandom random) {
            ObjectNode forged = (ObjectNode) logs.getLast().deepCopy();
            forged.put("logIndex", "0x" + Integer.toHexString(100 + random.nextInt(100)));
            ((ArrayNode) forged.get("topics")).add(Mix.hash(random.nextLong()).toString());
            logs.add(forged);
        }
    },
    LOGS_OF_ANOTHER_BLOCK {
        @Override
        void bend(List<JsonNode> logs, SplittableRandom random) {
            ((ObjectNode) logs.getFirst()).put("blockHash", Mix.hash(random.nextLong()).toString());
        }
    },
    WRONG_HASH {
        @Override
        String told(String request, String answer, SplittableRandom random) {
            return field(request, answer, "hash", random);
        }
    },
    WRONG_PARENT {
        @Override
        String told(String request, String answer, SplittableRandom random) {
            return field(request, answer, "parentHash", random);
        }
    },
    NO_RESULT {
        @Override
        String told(String request, String answer, SplittableRandom random) {
            return answer.replaceFirst("\"result\":", "\"other\":");
        }
    };

    private static final JsonMapper JSON = JsonMapper.shared();

    /** The answer as it is told; another where this kind of question was asked. */
    String told(String request, String answer, SplittableRandom random) {
        if (!request.contains("\"eth_getLogs\"")) {
            return answer;
        }
        ObjectNode reply = (ObjectNode) JSON.readTree(answer);
        List<JsonNode> logs = new ArrayList<>();
        reply.path("result").forEach(logs::add);
        if (logs.isEmpty()) {
            return answer;
        }
        bend(logs, random);
        reply.putArray("result").addAll(logs);
        return reply.toString();
    }

    void bend(List<JsonNode> logs, SplittableRandom random) {
        throw new UnsupportedOperationException(name());
    }

    private static String field(
            String request, String answer, String field, SplittableRandom random) {
        boolean blocks = request.contains("\"eth_getBlockByNumber\"");
        boolean first = request.contains("[\"0x0\"") || request.contains("[\"0x1\"");
        return blocks && !first
                ? answer.replaceFirst(
                        "\"" + field + "\":\"0x[0-9a-f]{64}\"",
                        "\"" + field + "\":\"" + Mix.hash(random.nextLong()) + "\"")
                : answer;
    }
}
