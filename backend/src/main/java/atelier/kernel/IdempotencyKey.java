package atelier.kernel;

/**
 * What a caller names one request by, so that sending it twice has one effect: 1 to {@value
 * #MAXIMUM_LENGTH} printable ASCII characters.
 */
public record IdempotencyKey(String value) {

    /** Most characters a key may have. */
    public static final int MAXIMUM_LENGTH = 200;

    public IdempotencyKey {
        if (value.isEmpty()
                || value.length() > MAXIMUM_LENGTH
                || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw Refused.invalid("idempotency.key", MAXIMUM_LENGTH);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
