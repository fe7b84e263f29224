package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the logs of one answer as they pass. Neighbours mostly have block, transaction and contract
 * in common, and share them here.
 */
final class LogReader {

    private final Last<Hash32> block = new Last<>();
    private final Last<Hash32> transaction = new Last<>();
    private final Last<Address> contract = new Last<>();

    /** What was parsed last, and the text it came from. */
    private static final class Last<T> {
        private String text = "";
        private @Nullable T value;

        T parse(String next, java.util.function.Function<String, T> parse) {
            T known = value;
            if (known == null || !text.equals(next)) {
                known = parse.apply(next);
                value = known;
                text = next;
            }
            return known;
        }
    }

    /** Reads an object whose beginning has been read. */
    Node.Log read(JsonParser parser) {
        Address address = null;
        List<Hash32> topics = List.of();
        byte[] data = null;
        Hash32 blockHash = null;
        Hash32 tx = null;
        long number = -1;
        long txIndex = -1;
        long index = -1;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY && field.equals("topics")) {
                topics = topics(parser);
            } else if (token != JsonToken.VALUE_STRING) {
                parser.skipChildren();
            } else {
                String text = parser.getString();
                switch (field) {
                    case "address" -> address = contract.parse(text, Address::parse);
                    case "data" -> data = Bytes.parse(text);
                    case "blockHash" -> blockHash = block.parse(text, Hash32::parse);
                    case "transactionHash" -> tx = transaction.parse(text, Hash32::parse);
                    case "blockNumber" -> number = number(text);
                    case "transactionIndex" -> txIndex = number(text);
                    case "logIndex" -> index = number(text);
                    default -> {}
                }
            }
        }
        if (address == null
                || data == null
                || blockHash == null
                || tx == null
                || number < 0
                || txIndex < 0
                || index < 0) {
            throw new NodeUnavailable("The node gave a log without its place");
        }
        return new Node.Log(
                address,
                topics,
                data,
                number,
                blockHash,
                tx,
                Math.toIntExact(txIndex),
                Math.toIntExact(index));
    }

    private static List<Hash32> topics(JsonParser parser) {
        List<Hash32> topics = new ArrayList<>(4);
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
            topics.add(Hash32.parse(parser.getString()));
        }
        return topics;
    }

    private static long number(String hex) {
        try {
            return Long.parseLong(hex, 2, hex.length(), 16);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new NodeUnavailable("The node's answer is not a number: " + hex, e);
        }
    }
}
