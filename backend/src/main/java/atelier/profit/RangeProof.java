package atelier.profit;

import atelier.kernel.Hash32;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Neighbouring nodes on their way up a tree, with what proves them. */
final class RangeProof {

    private final Iterator<Hash32> proof;
    private List<byte[]> nodes;
    private long first;

    RangeProof(List<Hash32> leaves, long first, List<Hash32> proof) {
        this.nodes = leaves.stream().map(Hash32::bytes).toList();
        this.first = first;
        this.proof = proof.iterator();
    }

    Hash32 root(int depth) {
        for (int level = 0; level < depth; level++) {
            climb();
        }
        if (proof.hasNext()) {
            throw new IllegalArgumentException("The proof has more nodes than the range asks for");
        }
        return ShareTree.withDepth(nodes.getFirst(), depth);
    }

    private void climb() {
        List<byte[]> row = new ArrayList<>(nodes);
        if ((first & 1) == 1) {
            row.addFirst(next());
        }
        if ((row.size() & 1) == 1) {
            row.add(next());
        }
        List<byte[]> parents = new ArrayList<>();
        for (int i = 0; i < row.size(); i += 2) {
            parents.add(ShareTree.parent(row.get(i), row.get(i + 1)));
        }
        nodes = parents;
        first >>= 1;
    }

    private byte[] next() {
        if (!proof.hasNext()) {
            throw new IllegalArgumentException("The proof has fewer nodes than the range asks for");
        }
        return proof.next().bytes();
    }
}
