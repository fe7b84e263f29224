package atelier.chain;

import atelier.kernel.Address;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gets a call on its way in the next slot of a key: signed and stored in one transaction, promised
 * outside the database, and only then handed to the network.
 */
@Component
class Dispatch {

    private final TransactionOperations transactions;
    private final EraTable eras;
    private final Node node;
    private final Slots slots;
    private final Attempts attempts;
    private final HighWater highWater;
    private final Delivery delivery;
    private final KeyRing keys;
    private final ChainProperties properties;

    Dispatch(
            TransactionOperations transactions,
            EraTable eras,
            Node node,
            Slots slots,
            Attempts attempts,
            HighWater highWater,
            Delivery delivery,
            KeyRing keys,
            ChainProperties properties) {
        this.transactions = transactions;
        this.eras = eras;
        this.node = node;
        this.slots = slots;
        this.attempts = attempts;
        this.highWater = highWater;
        this.delivery = delivery;
        this.keys = keys;
        this.properties = properties;
    }

    /** The nonce after all of a key's that is on record or on the chain. */
    long nextNonce(int era, Address key) {
        return slots.nextNonce(era, key, node.transactionCount(key, Node.LATEST));
    }

    /**
     * Sends a call in a slot that the holder of the lease found free.
     *
     * @param until the end of the requests in it
     * @param riders writes down who rides in it, in the same transaction
     */
    Slots.Signed send(
            Contracts.Deployed deployed,
            Slots.Place place,
            Slots.Payload payload,
            Instant until,
            Runnable riders) {
        Fees fees = Fees.current(node, properties.maxFeePerGas());
        Slots.Signed signed =
                transactions.execute(_ -> {
                    long epoch = keys.fence(place.key());
                    eras.require(place.era());
                    Slots.Signed attempt =
                            attempts.open(place, payload, fees, deployed.chainId(), epoch);
                    riders.run();
                    return attempt;
                });
        highWater.raise(place.era(), new HighWater.Mark(place.key(), place.nonce() + 1, until));
        delivery.send(signed);
        return signed;
    }
}
