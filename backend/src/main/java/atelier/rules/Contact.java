package atelier.rules;

import atelier.kernel.Address;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the Directory: a contract of ours, since when, and until when.
 *
 * @param kind the Directory's name for what it is, such as {@code Points}
 * @param lastBlock the last block it counted in, or null while it counts
 */
public record Contact(String kind, Address at, long firstBlock, @Nullable Long lastBlock) {}
