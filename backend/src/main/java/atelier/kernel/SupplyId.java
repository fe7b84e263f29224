package atelier.kernel;

/** A material or a tool: its ERC-1155 token id, from 1. */
public record SupplyId(long number) {

    public SupplyId {
        if (number < 1) {
            throw new IllegalArgumentException("A supply's number starts at 1, not " + number);
        }
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
