package atelier.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.vault.TypedData.Field;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Our EIP-712 against viem's; the resource says how the vectors were made. */
class Eip712Test {

    private static final TypedDomain DOMAIN = new TypedDomain("Atelier", "1", 1, Address.ZERO);

    @TestFactory
    Stream<DynamicTest> agreesWithViem() {
        JsonNode file = vectors();
        SecretKey key = new SecretKey(Bytes.parse(text(file, "key")));
        return StreamSupport.stream(file.get("vectors").spliterator(), false)
                .map(vector ->
                        DynamicTest.dynamicTest(text(vector, "digest"), () -> check(vector, key)));
    }

    private static void check(JsonNode vector, SecretKey key) {
        TypedData data = data(vector);
        assertThat(Eip712.separator(data.domain())).hasToString(text(vector, "separator"));
        assertThat(Eip712.structHash(data.primaryType(), data.fields()))
                .hasToString(text(vector, "struct"));
        assertThat(data.hash()).hasToString(text(vector, "digest"));
        assertThat(key.sign(data.hash())).hasToString(text(vector, "signature"));
    }

    @Test
    void refusesValuesThatDoNotFitTheirType() {
        refuses("uint48", BigInteger.ONE.shiftLeft(48));
        refuses("uint8", -1);
        refuses("int8", 128);
        refuses("bytes4", new byte[5]);
        refuses("address", "0x00");
        refuses("bool", 1);
        refuses("string", 1);
    }

    @Test
    void refusesTypesItDoesNotKnow() {
        refuses("uint", 1);
        refuses("uint7", 1);
        refuses("uint264", 1);
        refuses("bytes33", new byte[33]);
        refuses("uint8[]", 1);
        refuses("Person", 1);
    }

    @Test
    void refusesNamesThatWouldReadAsOtherTypes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        typed(new Field("bool", "a", true), new Field("bool", "a", false)).hash());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> typed(new Field("bool", "a,address b", true)).hash());
    }

    private static void refuses(String type, Object value) {
        assertThatIllegalArgumentException()
                .as("%s %s", type, value)
                .isThrownBy(() -> typed(new Field(type, "field", value)).hash());
    }

    private static TypedData typed(Field... fields) {
        return new TypedData(DOMAIN, "Some", List.of(fields));
    }

    private static TypedData data(JsonNode vector) {
        List<Field> fields =
                StreamSupport.stream(vector.get("fields").spliterator(), false)
                        .map(Eip712Test::field)
                        .toList();
        return new TypedData(domain(vector.get("domain")), text(vector, "primaryType"), fields);
    }

    private static TypedDomain domain(JsonNode node) {
        return new TypedDomain(
                text(node, "name"),
                text(node, "version"),
                node.get("chainId").asLong(),
                Address.parse(text(node, "verifyingContract")));
    }

    private static Field field(JsonNode node) {
        String type = text(node, "type");
        JsonNode value = node.get("value");
        Object read =
                switch (type.replaceAll("[0-9]", "")) {
                    case "uint", "int" -> new BigInteger(value.asString());
                    case "address" -> Address.parse(value.asString());
                    case "bytes" -> Bytes.parse(value.asString());
                    case "bool" -> value.asBoolean();
                    default -> value.asString();
                };
        return new Field(type, text(node, "name"), read);
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).asString();
    }

    private static JsonNode vectors() {
        return JsonMapper.shared()
                .readTree(Eip712Test.class.getResourceAsStream("/vault/eip712-vectors.json"));
    }
}
