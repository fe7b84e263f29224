package atelier.kernel;

import java.math.BigInteger;

/**
 * A work's token id: recipe (64 bits), creator (160 bits), serial (32 bits), so that all three
 * follow from the id alone.
 */
public record WorkId(BigInteger tokenId) implements Comparable<WorkId> {

    private static final int SERIAL_BITS = 32;
    private static final int RECIPE_SHIFT = SERIAL_BITS + 160;

    public WorkId {
        if (tokenId.signum() < 0 || tokenId.bitLength() > 256) {
            throw new IllegalArgumentException("A token id has at most 256 bits");
        }
    }

    /** Composes the id of the {@code serial}-th work that a recipe made, here by this creator. */
    public static WorkId of(RecipeId recipe, Address creator, long serial) {
        return new WorkId(
                BigInteger.valueOf(recipe.number())
                        .shiftLeft(RECIPE_SHIFT)
                        .or(new BigInteger(1, creator.bytes()).shiftLeft(SERIAL_BITS))
                        .or(BigInteger.valueOf(serial)));
    }

    /**
     * Parses decimal digits.
     *
     * @throws IllegalArgumentException if the text is no number of at most 256 bits
     */
    public static WorkId parse(String decimal) {
        return new WorkId(new BigInteger(decimal));
    }

    public RecipeId recipe() {
        return new RecipeId(tokenId.shiftRight(RECIPE_SHIFT).longValueExact());
    }

    public Address creator() {
        byte[] word = new byte[Address.LENGTH];
        byte[] bits = tokenId.shiftRight(SERIAL_BITS).toByteArray();
        int length = Math.min(bits.length, word.length);
        System.arraycopy(bits, bits.length - length, word, word.length - length, length);
        return Address.of(word);
    }

    /** Which one of its recipe's works this is, from 1. */
    public long serial() {
        return tokenId.longValue() & 0xffff_ffffL;
    }

    @Override
    public int compareTo(WorkId other) {
        return tokenId.compareTo(other.tokenId);
    }

    /** The decimal token id. */
    @Override
    public String toString() {
        return tokenId.toString();
    }
}
