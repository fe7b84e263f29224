package atelier.chain;

import atelier.kernel.Address;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gets what the deployer does on its way, under the sender's lease: signed and stored in one
 * transaction, then handed to the network.
 */
@Component
class DeployerCalls {

    private final TransactionOperations transactions;
    private final Node node;
    private final Slots slots;
    private final Attempts attempts;
    private final Delivery delivery;
    private final Leases leases;
    private final ChainProperties properties;

    DeployerCalls(
            TransactionOperations transactions,
            Node node,
            Slots slots,
            Attempts attempts,
            Delivery delivery,
            Leases leases,
            ChainProperties properties) {
        this.transactions = transactions;
        this.node = node;
        this.slots = slots;
        this.attempts = attempts;
        this.delivery = delivery;
        this.leases = leases;
        this.properties = properties;
    }

    /**
     * Sends a call in the deployer's next slot.
     *
     * @param record writes down what the slot is for, in the same transaction
     */
    Slots.Place send(
            Era era, Address deployer, Slots.Payload payload, Consumer<Slots.Place> record) {
        Fees fees = Fees.current(node, properties.maxFeePerGas());
        long count = node.transactionCount(deployer, Node.LATEST);
        Slots.Signed signed =
                transactions.execute(_ -> {
                    long epoch = leases.sender().fence();
                    long nonce = slots.nextNonce(era.number(), deployer, count);
                    Slots.Place place = new Slots.Place(era.number(), deployer, nonce);
                    Slots.Signed attempt =
                            attempts.open(place, payload, fees, era.chainId(), epoch);
                    record.accept(place);
                    return attempt;
                });
        delivery.send(signed);
        return signed.attempt().place();
    }
}
