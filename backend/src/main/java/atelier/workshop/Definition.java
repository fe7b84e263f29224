package atelier.workshop;

import atelier.kernel.Hash32;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.web3j.crypto.Hash;

/**
 * All that a recipe says, and the hash that stands for it on chain: Keccak-256 of its canonical
 * JSON (RFC 8785: members in order of their names, no space, shortest escapes).
 */
record Definition(
        String title, String description, TokenAmount fee, SequencedMap<SupplyId, Long> inputs) {

    private static final int FIRST_PLAIN = 0x20;

    Hash32 hash() {
        return Hash32.of(Hash.sha3(json().getBytes(StandardCharsets.UTF_8)));
    }

    String json() {
        return "{\"description\":%s,\"fee\":\"%s\",\"inputs\":[%s],\"title\":%s}"
                .formatted(quoted(description), fee.units(), inputsJson(), quoted(title));
    }

    private String inputsJson() {
        return inputs.entrySet().stream().map(Definition::json).collect(Collectors.joining(","));
    }

    private static String json(Map.Entry<SupplyId, Long> input) {
        return "{\"amount\":%d,\"supply\":%s}".formatted(input.getValue(), input.getKey());
    }

    private static String quoted(String text) {
        return text.codePoints()
                .mapToObj(Definition::escaped)
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static String escaped(int character) {
        return switch (character) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                    character < FIRST_PLAIN
                            ? String.format(Locale.ROOT, "\\u%04x", character)
                            : Character.toString(character);
        };
    }
}
