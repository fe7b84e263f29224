package atelier.profit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tree is the one that the contracts' tests prove ProfitShare with, and proves no other leaf.
 */
class ShareTreeTests {

    private static final Path VECTORS =
            Path.of("..", "contracts", "test", "support", "share-trees.json");
    private static final ShareDomain DOMAIN =
            new ShareDomain(31_337, Address.parse("5a".repeat(Address.LENGTH)));
    private static final BigInteger STEP =
            new BigInteger("0123456789abcdef0123456789abcdef01234567", 16);
    private static final List<Integer> SIZES =
            List.of(1, 2, 3, 4, 5, 8, 9, 33, 100, 1_000, 1_023, 1_024);

    @Test
    void rootsAreTheContractsFromOneToAThousandLeaves() throws IOException {
        List<String> roots = new ArrayList<>();
        vectors().get("roots").forEach(root -> roots.add(root.asString()));
        assertThat(roots).hasSize(1_024);
        for (int size = 1; size <= roots.size(); size++) {
            assertThat(tree(size).root()).hasToString(roots.get(size - 1));
        }
    }

    @Test
    void rangesAreProvedAsTheContractWantsThem() throws IOException {
        for (JsonNode range : vectors().get("ranges")) {
            int first = range.get("first").asInt();
            int count = range.get("count").asInt();
            List<Hash32> proof = new ArrayList<>();
            range.get("proof").forEach(node -> proof.add(Hash32.parse(node.asString())));
            ShareTree tree = tree(range.get("size").asInt());
            assertThat(tree.range(first, count)).isEqualTo(proof);
            assertThat(ShareTree.rootOfRange(leaves(first, count), first, tree.depth(), proof))
                    .isEqualTo(tree.root());
        }
    }

    @Test
    void everyLeafProvesItself() {
        for (int size : SIZES) {
            ShareTree tree = tree(size);
            for (int number = 0; number < size; number++) {
                assertThat(ShareTree.rootOf(leaf(number), number, tree.proof(number)))
                        .isEqualTo(tree.root());
            }
        }
    }

    @Test
    void everyRangeOfSmallTreesProvesItself() {
        for (int size = 1; size <= 20; size++) {
            ShareTree tree = tree(size);
            for (int first = 0; first < size; first++) {
                for (int count = 1; first + count <= size; count++) {
                    List<Hash32> proof = tree.range(first, count);
                    assertThat(
                                    ShareTree.rootOfRange(
                                            leaves(first, count), first, tree.depth(), proof))
                            .isEqualTo(tree.root());
                }
            }
        }
    }

    @Test
    void refusesInnerNodesAsLeaves() {
        for (int size : SIZES.subList(1, SIZES.size())) {
            ShareTree tree = tree(size);
            List<Hash32> proof = tree.proof(size - 1);
            boolean right = (size - 1) % 2 == 1;
            Hash32 inner =
                    right
                            ? parent(proof.getFirst(), leaf(size - 1))
                            : parent(leaf(size - 1), proof.getFirst());
            List<Hash32> above = proof.subList(1, proof.size());
            assertThat(ShareTree.rootOf(inner, (size - 1) >> 1, above)).isNotEqualTo(tree.root());
        }
    }

    @Test
    void refusesProofsOfOtherLengths() {
        for (int size : SIZES) {
            ShareTree tree = tree(size);
            List<Hash32> longer = new ArrayList<>(tree.proof(0));
            longer.add(Hash32.ZERO);
            assertThat(ShareTree.rootOf(leaf(0), 0, longer)).isNotEqualTo(tree.root());
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> ShareTree.rootOfRange(leaves(0, size), 0, tree.depth(), longer));
            if (size > 1) {
                List<Hash32> shorter = longer.subList(0, longer.size() - 2);
                assertThat(ShareTree.rootOf(leaf(0), 0, shorter)).isNotEqualTo(tree.root());
                assertThatIllegalArgumentException()
                        .isThrownBy(() ->
                                ShareTree.rootOfRange(leaves(0, 1), 0, tree.depth(), shorter));
            }
        }
    }

    @Test
    void refusesLeavesThatTheTreeHasNoPlaceFor() {
        ShareTree tree = tree(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ShareTree.rootOf(leaf(0), 8, tree.proof(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.proof(5));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.range(3, 3));
    }

    private static JsonNode vectors() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(VECTORS));
    }

    private static ShareTree tree(int size) {
        return ShareTree.of(
                DOMAIN, IntStream.range(0, size).mapToObj(ShareTreeTests::share).toList());
    }

    private static Share share(int number) {
        BigInteger account = STEP.multiply(BigInteger.valueOf(number + 1L));
        byte[] word = Word.of(account.mod(BigInteger.TWO.pow(160)));
        byte[] bytes = Arrays.copyOfRange(word, 12, Word.LENGTH);
        return new Share(
                Address.of(bytes),
                TokenAmount.ofUnits((number + 1L) * (number + 1L)),
                TokenAmount.ofUnits(number % 7));
    }

    private static Hash32 leaf(int number) {
        return ShareTree.leaf(DOMAIN, number, share(number));
    }

    private static List<Hash32> leaves(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(ShareTreeTests::leaf).toList();
    }

    private static Hash32 parent(Hash32 left, Hash32 right) {
        byte[] pair = Arrays.copyOf(left.bytes(), 2 * Hash32.LENGTH);
        System.arraycopy(right.bytes(), 0, pair, Hash32.LENGTH, Hash32.LENGTH);
        return Hash32.of(Hash.sha3(pair));
    }
}
