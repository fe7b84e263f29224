package atelier.profit;

import atelier.kernel.Hash32;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The trees of statements, made of the kept shares; a few stay at hand. */
@Component
class Trees {

    private static final int AT_HAND = 4;

    private final KeptStatements kept;
    private final Map<Hash32, ShareTree> trees =
            new LinkedHashMap<>(AT_HAND, 1, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Hash32, ShareTree> eldest) {
                    return size() > AT_HAND;
                }
            };

    Trees(KeptStatements kept) {
        this.kept = kept;
    }

    /**
     * A statement's tree.
     *
     * @throws IllegalStateException if the kept shares do not give its root
     */
    synchronized ShareTree of(KeptStatement statement) {
        return trees.computeIfAbsent(statement.root(), _ -> make(statement));
    }

    private ShareTree make(KeptStatement statement) {
        ShareTree tree =
                ShareTree.of(
                        statement.head().domain(),
                        kept.lines(statement.epoch(), 0, Integer.MAX_VALUE).stream()
                                .map(Line::share)
                                .toList());
        if (!tree.root().equals(statement.root())) {
            throw new IllegalStateException(
                    "The kept shares of epoch %d give the root %s, not %s"
                            .formatted(statement.epoch(), tree.root(), statement.root()));
        }
        return tree;
    }
}
