package atelier.kernel;

/**
 * What one intent is known by everywhere: in the database, in the calldata that carries it, and in
 * the address of the page that watches it. Derived from what the intent is for, never from a
 * sequence.
 */
public record IntentId(Hash32 hash) {

    /** Parses 32 bytes of hexadecimal. */
    public static IntentId parse(String hex) {
        return new IntentId(Hash32.parse(hex));
    }

    @Override
    public String toString() {
        return hash.toString();
    }
}
