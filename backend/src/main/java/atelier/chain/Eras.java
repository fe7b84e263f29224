package atelier.chain;

import atelier.kernel.Hash32;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Recognises the chain we know. A development chain that started again is a new era: what was sent
 * in the old one is lost with it. A chain with another id is refused.
 */
@Component
class Eras {

    private static final Logger LOG = LoggerFactory.getLogger(Eras.class);
    private static final long DEVELOPMENT_CHAIN = 31337;

    private final EraTable table;
    private final TransactionOperations transactions;
    private final Node node;
    private final Clock clock;

    Eras(EraTable table, TransactionOperations transactions, Node node, Clock clock) {
        this.table = table;
        this.transactions = transactions;
        this.node = node;
        this.clock = clock;
    }

    /** What chain the node says it is on; nothing is recorded of it. */
    long chainId() {
        return node.chainId();
    }

    /** The newest era on record, whether the node is still in it or not. */
    Optional<Era> recorded() {
        return table.latest();
    }

    /**
     * The era that the node's chain is in; begins one if it is new to us.
     *
     * @throws ChainRefused if the chain is another one than ours
     */
    Era current() {
        long chainId = node.chainId();
        Hash32 genesis =
                node.header(Node.tag(0))
                        .map(Node.Header::hash)
                        .orElseThrow(() -> new NodeUnavailable("The node has no genesis"));
        Hash32 first = node.header(Node.tag(1)).map(Node.Header::hash).orElse(null);
        Optional<Era> known = table.latest();
        if (known.isEmpty()) {
            return begin(1, chainId, genesis, first);
        }
        Era era = known.get();
        if (era.chainId() != chainId) {
            throw new ChainRefused(
                    "This database belongs to chain %d, but the node is on chain %d."
                            .formatted(era.chainId(), chainId),
                    "Name a node of chain %d in atelier.chain.rpc-url, or use another database."
                            .formatted(era.chainId()));
        }
        if (!era.genesis().equals(genesis) || restarted(era, first) || forgot(era)) {
            LOG.warn("The chain has started again; what was on the old one is lost with it");
            return begin(era.number() + 1, chainId, genesis, first);
        }
        return era.firstBlock() == null && first != null ? complete(era, first) : era;
    }

    /** Whether the node still is on this era's chain. */
    boolean stillIn(Era era) {
        Hash32 first = node.header(Node.tag(1)).map(Node.Header::hash).orElse(null);
        return node.header(Node.tag(0)).filter(h -> h.hash().equals(era.genesis())).isPresent()
                && !restarted(era, first);
    }

    /**
     * Called in a transaction that writes for an era: another process may have seen the chain start
     * again before this one does.
     *
     * @throws Reader.ChainRestarted if the era is over
     */
    void requireLatest(Era era) {
        table.require(era.number());
    }

    /** Before block 1 is known: whether the node has never heard of what it once mined for us. */
    private boolean forgot(Era era) {
        return era.firstBlock() == null
                && table.anyMined(era.number())
                        .filter(tx -> node.receipt(tx).isEmpty())
                        .isPresent();
    }

    /** A node that does not have block 1 yet may still be fetching it; a development chain not. */
    private static boolean restarted(Era era, @Nullable Hash32 first) {
        if (era.firstBlock() == null) {
            return false;
        }
        return first == null ? era.chainId() == DEVELOPMENT_CHAIN : !era.firstBlock().equals(first);
    }

    private Era begin(int number, long chainId, Hash32 genesis, @Nullable Hash32 first) {
        Era era = new Era(number, chainId, genesis, first);
        transactions.executeWithoutResult(_ -> table.begin(era, clock.instant()));
        return table.latest().orElseThrow();
    }

    private Era complete(Era era, Hash32 first) {
        table.complete(era.number(), first);
        return new Era(era.number(), era.chainId(), era.genesis(), first);
    }
}
