package atelier.vault;

import atelier.kernel.Hash32;
import java.util.List;

/**
 * What a person signs, as EIP-712 has it: one flat struct in a domain.
 *
 * <p>Types are Solidity's: {@code uint8…uint256}, {@code int8…int256}, {@code address}, {@code
 * bool}, {@code bytes1…bytes32}, {@code bytes} and {@code string}. Arrays and nested structs are
 * refused.
 */
public record TypedData(TypedDomain domain, String primaryType, List<Field> fields) {

    /**
     * One member of the struct.
     *
     * @param value for a number an {@link Integer}, {@link Long} or {@link java.math.BigInteger};
     *     for an address an {@link atelier.kernel.Address}; for bytes a {@code byte[]} or a {@link
     *     Hash32}; else a {@link Boolean} or a {@link String}
     */
    public record Field(String type, String name, Object value) {}

    public TypedData {
        fields = List.copyOf(fields);
    }

    /**
     * The digest that is signed: {@code keccak256(0x1901 ‖ domain separator ‖ struct hash)}.
     *
     * @throws IllegalArgumentException if a type is unknown or a value does not fit it
     */
    public Hash32 hash() {
        return Eip712.digest(this);
    }
}
