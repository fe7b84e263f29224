package atelier.chain;

import java.math.BigInteger;

/** What a transaction offers per gas, in wei, as EIP-1559 has it. */
record Fees(BigInteger max, BigInteger priority) {

    private static final BigInteger TEN = BigInteger.TEN;
    private static final BigInteger ELEVEN = BigInteger.valueOf(11);

    /** Twice the base fee, so that it stays good for six full blocks, and never above the cap. */
    static Fees current(Node node, BigInteger cap) {
        BigInteger priority = node.priorityFee();
        BigInteger max = node.head().baseFee().shiftLeft(1).add(priority).min(cap);
        return new Fees(max, priority.min(max));
    }

    /** At least a tenth more than before, which every node asks of a replacement. */
    Fees replacing(Fees before) {
        return new Fees(
                max.max(tenthMore(before.max())), priority.max(tenthMore(before.priority())));
    }

    private static BigInteger tenthMore(BigInteger fee) {
        return fee.multiply(ELEVEN).add(TEN).divide(TEN);
    }
}
