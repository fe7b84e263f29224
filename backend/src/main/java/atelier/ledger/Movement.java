package atelier.ledger;

import atelier.chain.ContractKind;
import atelier.chain.ContractLog;
import atelier.chain.Topics;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * An amount of an asset that went from one account to another.
 *
 * @param item its place in the batch that the log tells of
 */
record Movement(
        ContractLog log,
        String assetClass,
        BigInteger assetId,
        Address sender,
        Address recipient,
        BigInteger amount,
        int item) {

    /**
     * What a log says was moved; one to oneself, or of nothing, moves nothing. The view {@code
     * derived.transfer} says the same of every canonical log.
     */
    static List<Movement> of(ContractLog log) {
        List<Movement> moved = new ArrayList<>();
        if (log.contract() == ContractKind.POINTS && log.is(Topics.TRANSFER)) {
            add(
                    moved,
                    new Movement(
                            log,
                            "points",
                            BigInteger.ZERO,
                            log.addressTopic(1),
                            log.addressTopic(2),
                            log.number(0),
                            0));
        } else if (log.contract() == ContractKind.WORKS && log.is(Topics.TRANSFER)) {
            add(
                    moved,
                    new Movement(
                            log,
                            "work",
                            log.numberTopic(3),
                            log.addressTopic(1),
                            log.addressTopic(2),
                            BigInteger.ONE,
                            0));
        } else if (log.contract() == ContractKind.SUPPLIES && log.is(Topics.SINGLE)) {
            add(moved, supply(log, 0, 1, 0));
        } else if (log.contract() == ContractKind.SUPPLIES && log.is(Topics.BATCH)) {
            // Words 0 and 1 are the byte offsets of ids and amounts; each starts with its length.
            int ids = log.number(0).intValueExact() / Hash32.LENGTH;
            int amounts = log.number(1).intValueExact() / Hash32.LENGTH;
            int length = log.number(ids).intValueExact();
            for (int item = 0; item < length; item++) {
                add(moved, supply(log, ids + 1 + item, amounts + 1 + item, item));
            }
        }
        return moved;
    }

    private static Movement supply(ContractLog log, int id, int amount, int item) {
        return new Movement(
                log,
                "supply",
                log.number(id),
                log.addressTopic(2),
                log.addressTopic(3),
                log.number(amount),
                item);
    }

    private static void add(List<Movement> moved, Movement movement) {
        if (movement.amount().signum() > 0 && !movement.sender().equals(movement.recipient())) {
            moved.add(movement);
        }
    }

    boolean issues() {
        return sender.equals(Address.ZERO);
    }

    boolean usesUp() {
        return recipient.equals(Address.ZERO);
    }
}
