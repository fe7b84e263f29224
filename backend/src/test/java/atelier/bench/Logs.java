package atelier.bench;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The events of our contracts, straight from the node. */
final class Logs {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Rpc rpc;
    private final List<String> contracts;

    Logs(Arena arena) {
        this.rpc = arena.chain().rpc();
        Contracts deployed = arena.bean(Contracts.class);
        this.contracts =
                Arrays.stream(ContractKind.values())
                        .map(kind -> deployed.address(kind).toString())
                        .toList();
    }

    List<String> contracts() {
        return contracts;
    }

    /** The first block by which there are so many events. */
    long blockOf(long events, long head) {
        long[] seen = {0};
        long block = 0;
        while (seen[0] < events && block < head) {
            block++;
            each(block, block, _ -> seen[0]++);
        }
        return block;
    }

    /** Gives every log of these blocks, one at a time, however many there are. */
    void each(long from, long to, Consumer<JsonNode> taker) {
        byte[] answer =
                rpc.post(
                        JSON.writeValueAsString(
                                Map.of(
                                        "jsonrpc",
                                        "2.0",
                                        "id",
                                        1,
                                        "method",
                                        "eth_getLogs",
                                        "params",
                                        List.of(
                                                Map.of(
                                                        "fromBlock",
                                                        "0x" + Long.toHexString(from),
                                                        "toBlock",
                                                        "0x" + Long.toHexString(to),
                                                        "address",
                                                        contracts)))));
        try (JsonParser parser = JSON.createParser(answer)) {
            while (parser.nextToken() != JsonToken.START_ARRAY) {
                if (parser.currentToken() == null) {
                    throw new IllegalStateException("The node gave no logs");
                }
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                taker.accept(parser.readValueAsTree());
            }
        }
    }
}
