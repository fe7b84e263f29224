package atelier.chain;

import atelier.kernel.Address;
import java.util.Collection;

/** Where ranges of blocks come from. */
interface Ranges {

    /**
     * Blocks from a height on, both ends included, fewer where the node has no more.
     *
     * @throws Fetch.Contradiction if what the node says does not fit together
     */
    Range range(Collection<Address> contracts, long from, long to);

    /** The one block whose header is known, as that of the node's head is. */
    Range block(Collection<Address> contracts, Node.Header header);

    /** Says which range will be asked for next, so that it may be on its way already. */
    default void ahead(Collection<Address> contracts, long from, long to) {}
}
