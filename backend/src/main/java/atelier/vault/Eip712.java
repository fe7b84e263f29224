package atelier.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import atelier.kernel.Hash32;
import atelier.vault.TypedData.Field;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.web3j.crypto.Hash;

/**
 * Hashes flat structs by <a href="https://eips.ethereum.org/EIPS/eip-712">EIP-712</a>. Our own
 * because web3j's encoder hashes some types wrongly; checked against viem.
 */
final class Eip712 {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

    /** What the same few modules sign again and again: hashes of their types and domains. */
    private static final Map<List<String>, Hash32> TYPES = new ConcurrentHashMap<>();

    private static final Map<TypedDomain, Hash32> SEPARATORS = new ConcurrentHashMap<>();

    private Eip712() {}

    static Hash32 digest(TypedData data) {
        return keccak(
                concat(
                        new byte[] {0x19, 0x01},
                        separator(data.domain()).bytes(),
                        structHash(data.primaryType(), data.fields()).bytes()));
    }

    static Hash32 separator(TypedDomain domain) {
        return SEPARATORS.computeIfAbsent(domain, Eip712::computed);
    }

    private static Hash32 computed(TypedDomain domain) {
        return structHash(
                "EIP712Domain",
                List.of(
                        new Field("string", "name", domain.name()),
                        new Field("string", "version", domain.version()),
                        new Field("uint256", "chainId", domain.chainId()),
                        new Field("address", "verifyingContract", domain.verifyingContract())));
    }

    static Hash32 structHash(String type, List<Field> fields) {
        ByteArrayOutputStream words = new ByteArrayOutputStream();
        words.writeBytes(typeHash(type, fields).bytes());
        for (Field field : fields) {
            words.writeBytes(Eip712Word.of(field));
        }
        return keccak(words.toByteArray());
    }

    private static Hash32 typeHash(String type, List<Field> fields) {
        List<String> parts = new ArrayList<>(1 + 2 * fields.size());
        parts.add(type);
        for (Field field : fields) {
            parts.add(field.type());
            parts.add(field.name());
        }
        return TYPES.computeIfAbsent(parts, _ -> keccak(encodeType(type, fields).getBytes(UTF_8)));
    }

    static String encodeType(String type, List<Field> fields) {
        requireNames(type, fields);
        return fields.stream()
                .map(field -> field.type() + " " + field.name())
                .collect(Collectors.joining(",", type + "(", ")"));
    }

    private static void requireNames(String type, List<Field> fields) {
        requireIdentifier(type);
        Set<String> seen = new HashSet<>();
        for (Field field : fields) {
            requireIdentifier(field.name());
            if (!seen.add(field.name())) {
                throw new IllegalArgumentException("Field " + field.name() + " is there twice");
            }
        }
    }

    private static void requireIdentifier(String name) {
        if (!IDENTIFIER.matcher(name).matches()) {
            throw new IllegalArgumentException("Not a name in typed data: " + name);
        }
    }

    static Hash32 keccak(byte[] bytes) {
        return Hash32.of(Hash.sha3(bytes));
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
