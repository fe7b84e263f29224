package atelier.profit;

import atelier.kernel.Hash32;
import org.springframework.stereotype.Component;

/** The trees of statements, made of the kept shares; a few stay at hand. */
@Component
class Trees {

    private final KeptStatements kept;
    private final AtHand<Hash32, ShareTree> trees = new AtHand<>(4);

    Trees(KeptStatements kept) {
        this.kept = kept;
    }

    /**
     * A statement's tree.
     *
     * @throws IllegalStateException if the kept shares do not give its root
     */
    ShareTree of(KeptStatement statement) {
        return trees.get(statement.root(), () -> make(statement));
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
