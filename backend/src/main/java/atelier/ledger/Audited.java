package atelier.ledger;

import java.math.BigInteger;
import java.util.stream.Stream;

/**
 * A holding with all that the mirror says of it.
 *
 * @param posted the sum of its postings
 * @param settled the sum of those up to the block that the contract is asked at
 * @param balance what the newest of those left, by its own account
 */
record Audited(Holding holding, BigInteger posted, BigInteger settled, BigInteger balance) {

    /** The first figure that is not what it has to be by the contract's balance at that block. */
    Stream<Reconciliation.Difference> against(BigInteger onChain, long block) {
        BigInteger since = posted.subtract(settled);
        return Stream.of(
                        difference(settled, onChain, block),
                        difference(balance, onChain, block),
                        difference(holding.amount(), onChain.add(since), block))
                .filter(figure -> !figure.mirrored().equals(figure.onChain()))
                .limit(1);
    }

    private Reconciliation.Difference difference(
            BigInteger mirrored, BigInteger onChain, long block) {
        return new Reconciliation.Difference(
                block, holding.account(), holding.asset(), mirrored, onChain);
    }
}
