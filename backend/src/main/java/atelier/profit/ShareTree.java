package atelier.profit;

import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.web3j.crypto.Hash;

/**
 * The Merkle tree over a statement's shares, as ShareTree.sol proves it: leaves by number, filled
 * up with zeros to a power of two, and a root that is hashed with the depth. So a proof fits one
 * leaf at one place only.
 */
public final class ShareTree {

    private static final int PAIR = 2 * Word.LENGTH;

    /** Each level's nodes side by side, the leaves first. */
    private final List<byte[]> levels;

    private final int size;

    private ShareTree(List<byte[]> levels, int size) {
        this.levels = levels;
        this.size = size;
    }

    public static ShareTree of(ShareDomain domain, List<Share> shares) {
        int depth = depthFor(shares.size());
        List<byte[]> levels = new ArrayList<>();
        levels.add(leaves(domain, shares, depth));
        for (int level = 0; level < depth; level++) {
            levels.add(parents(levels.getLast()));
        }
        return new ShareTree(levels, shares.size());
    }

    /** A leaf, hashed as the tree wants it. */
    public static Hash32 leaf(ShareDomain domain, long number, Share share) {
        byte[] words = leafWords(domain);
        return Hash32.of(leaf(words, number, share));
    }

    /**
     * The root of the tree in which a leaf has this number and this proof.
     *
     * @throws IllegalArgumentException if a tree of that depth has no such leaf
     */
    public static Hash32 rootOf(Hash32 leaf, long number, List<Hash32> proof) {
        return rootOfRange(List.of(leaf), number, proof.size(), proof);
    }

    /**
     * The root of the tree of a depth in which neighbouring leaves begin with number {@code first}.
     *
     * @throws IllegalArgumentException if a tree of that depth has no such leaves, or the proof has
     *     another number of nodes than they ask for
     */
    public static Hash32 rootOfRange(
            List<Hash32> leaves, long first, int depth, List<Hash32> proof) {
        long last = first + leaves.size() - 1;
        if (leaves.isEmpty() || first < 0 || last >>> depth != 0) {
            throw new IllegalArgumentException(
                    "No leaves %d to %d in a tree of depth %d".formatted(first, last, depth));
        }
        return new RangeProof(leaves, first, proof).root(depth);
    }

    public int depth() {
        return levels.size() - 1;
    }

    public Hash32 root() {
        return withDepth(levels.getLast(), depth());
    }

    /** The siblings from the leaf upwards. */
    public List<Hash32> proof(int number) {
        return range(number, 1);
    }

    /**
     * What proves neighbouring leaves: from the leaves upwards, the node left of them where the
     * first is a right child, then the node right of them where the last is a left child.
     */
    public List<Hash32> range(int first, int count) {
        if (first < 0 || count < 1 || first + count > size) {
            throw new IllegalArgumentException(
                    "No %d shares from number %d on among %d".formatted(count, first, size));
        }
        List<Hash32> proof = new ArrayList<>();
        int low = first;
        int high = first + count - 1;
        for (byte[] level : levels.subList(0, depth())) {
            if ((low & 1) == 1) {
                proof.add(node(level, low - 1));
            }
            if ((high & 1) == 0) {
                proof.add(node(level, high + 1));
            }
            low >>= 1;
            high >>= 1;
        }
        return List.copyOf(proof);
    }

    static byte[] parent(byte[] left, byte[] right) {
        byte[] pair = Arrays.copyOf(left, PAIR);
        System.arraycopy(right, 0, pair, Word.LENGTH, Word.LENGTH);
        return Hash.sha3(pair);
    }

    static Hash32 withDepth(byte[] top, int depth) {
        return Hash32.of(parent(Word.of(BigInteger.valueOf(depth)), top));
    }

    private static int depthFor(int size) {
        return size < 2 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
    }

    private static byte[] leaves(ShareDomain domain, List<Share> shares, int depth) {
        byte[] nodes = new byte[Word.LENGTH << depth];
        byte[] words = leafWords(domain);
        int number = 0;
        for (Share share : shares) {
            byte[] leaf = leaf(words, number, share);
            System.arraycopy(leaf, 0, nodes, Word.LENGTH * number, Word.LENGTH);
            number++;
        }
        return nodes;
    }

    private static byte[] leafWords(ShareDomain domain) {
        return Arrays.copyOf(domain.prefix(), 5 * Word.LENGTH);
    }

    /** Overwrites all words but the prefix. */
    private static byte[] leaf(byte[] words, long number, Share share) {
        Arrays.fill(words, Word.LENGTH, words.length, (byte) 0);
        Word.put(BigInteger.valueOf(number), words, Word.LENGTH);
        Word.put(share.account(), words, 2 * Word.LENGTH);
        Word.put(share.total().units(), words, 3 * Word.LENGTH);
        Word.put(share.fresh().units(), words, 4 * Word.LENGTH);
        return Hash.sha3(Hash.sha3(words));
    }

    private static byte[] parents(byte[] nodes) {
        byte[] parents = new byte[nodes.length / 2];
        for (int at = 0; at < nodes.length; at += PAIR) {
            System.arraycopy(Hash.sha3(nodes, at, PAIR), 0, parents, at / 2, Word.LENGTH);
        }
        return parents;
    }

    private static Hash32 node(byte[] level, int number) {
        int at = Word.LENGTH * number;
        return Hash32.of(Arrays.copyOfRange(level, at, at + Word.LENGTH));
    }
}
