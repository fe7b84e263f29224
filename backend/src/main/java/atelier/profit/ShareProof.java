package atelier.profit;

import atelier.kernel.Hash32;
import java.util.List;

/**
 * That an account's line is in a statement: from the leaf upwards to the root.
 *
 * @param leaf the line, hashed
 * @param siblings the nodes beside the way up
 * @param claim the call that has the share paid, by anybody
 */
@SuppressWarnings("ArrayRecordComponent")
public record ShareProof(
        ShareDomain domain,
        Line line,
        Hash32 leaf,
        List<Hash32> siblings,
        Hash32 root,
        byte[] claim) {}
