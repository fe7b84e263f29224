package atelier.chain;

import atelier.chain.Node.Header;
import atelier.kernel.Hash32;
import java.util.List;

/** Consecutive blocks as a node gave them, checked against each other, with our contracts' logs. */
record Range(List<Header> headers, List<Node.Log> logs) {

    long from() {
        return headers.getFirst().number();
    }

    long to() {
        return headers.getLast().number();
    }

    Hash32 parent() {
        return headers.getFirst().parent();
    }

    Header last() {
        return headers.getLast();
    }

    /** Whether this block, by number and hash, is one of the range. */
    boolean holds(long number, Hash32 hash) {
        return number >= from()
                && number <= to()
                && headers.get(Math.toIntExact(number - from())).hash().equals(hash);
    }
}
