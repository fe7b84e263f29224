package atelier.chain;

import atelier.chain.IntentStore.Request;
import atelier.chain.IntentStore.Rider;
import atelier.chain.Node.Receipt;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What became of what we sent. Found out before the reader's transaction, because it asks the node;
 * written inside it, because it is true only together with the block.
 */
@Component
class Outcomes {

    /**
     * What a transaction in a block did to our intents.
     *
     * @param place the slot it fills, if it is on our record
     * @param found what a transaction that is not on our record executed
     */
    record Outcome(
            int era,
            Slots.@Nullable Place place,
            Receipt receipt,
            List<IntentId> executed,
            List<Failure> failed,
            List<Executions.Execution> found) {}

    /** An intent whose call reverted inside its batch. */
    record Failure(IntentId id, Refused why) {}

    private static final int TRIES = 3;
    private static final int WORD = 32;

    private final Slots slots;
    private final Node node;
    private final Contracts contracts;
    private final Simulation simulation;
    private final IntentStore intents;
    private final Executions executions;
    private final Imports imports;

    Outcomes(
            Slots slots,
            Node node,
            Contracts contracts,
            Simulation simulation,
            IntentStore intents,
            Executions executions,
            Imports imports) {
        this.slots = slots;
        this.node = node;
        this.contracts = contracts;
        this.simulation = simulation;
        this.intents = intents;
        this.executions = executions;
        this.imports = imports;
    }

    /**
     * Outcomes of open slots whose receipt lies in a block up to the end of a range, and of what
     * others brought in it.
     */
    List<Outcome> upTo(int era, Range range) {
        Map<Hash32, Slots.Place> places = new LinkedHashMap<>();
        slots.open(era).forEach(attempt -> places.put(attempt.hash(), attempt.place()));
        List<Outcome> outcomes = new ArrayList<>(imports.in(era, range, places.keySet()));
        outcomes.addAll(said(places, range));
        for (Receipt receipt : node.receipts(List.copyOf(places.keySet()))) {
            Slots.Place place = places.get(receipt.tx());
            if (place != null && receipt.block() <= range.to()) {
                outcomes.add(outcome(place, intents.riders(place), receipt));
            }
        }
        return outcomes;
    }

    /**
     * Whoever left a log succeeded, and the range has it: the node is asked only of those that left
     * none, or not one for each of their intents. The others are taken from the places.
     */
    private List<Outcome> said(Map<Hash32, Slots.Place> places, Range range) {
        if (places.isEmpty()) {
            return List.of();
        }
        List<Outcome> outcomes = new ArrayList<>();
        range.logsByTransaction()
                .forEach((tx, logs) -> {
                    Slots.Place place = places.get(tx);
                    if (place != null) {
                        Node.Log any = logs.getFirst();
                        Receipt receipt = new Receipt(tx, any.block(), any.blockHash(), true, logs);
                        List<Rider> riders = intents.riders(place);
                        Outcome outcome = outcome(place, riders, receipt);
                        if (outcome.executed().size() + outcome.failed().size() == riders.size()) {
                            outcomes.add(outcome);
                            places.remove(tx);
                        }
                    }
                });
        return outcomes;
    }

    /** Writes an outcome, in the transaction that holds its block. */
    void settle(Outcome outcome) {
        Receipt receipt = outcome.receipt();
        Slots.Place place = outcome.place();
        if (place != null) {
            slots.mined(place, receipt.tx(), receipt.block(), receipt.succeeded());
        }
        if (!outcome.executed().isEmpty()) {
            intents.executed(outcome.executed(), receipt.tx(), receipt.block());
        }
        for (Failure failure : outcome.failed()) {
            intents.failed(failure.id(), receipt.tx(), receipt.block(), failure.why());
        }
        if (!outcome.found().isEmpty()) {
            executions.add(outcome.era(), outcome.found());
        }
    }

    /**
     * Blocks up to this height are final: so is what was executed there. What was signed into a
     * final transaction and not executed waits again, a few times; only now, because until now
     * another block could still have executed it.
     */
    void finish(int era, long height) {
        intents.finish(era, height, TRIES);
        slots.finish(era, height);
        executions.finish(era, height);
    }

    /** A reorg took these blocks: what was found in them is on its way again. */
    void revert(int era, long from) {
        executions.revert(era, from);
        intents.revert(era, from);
        slots.revert(era, from);
    }

    private Outcome outcome(Slots.Place place, List<Rider> riders, Receipt receipt) {
        List<IntentId> executed = new ArrayList<>();
        List<Failure> failed = new ArrayList<>();
        Map<Request, Boolean> forwarded =
                forwarded(receipt.logs(), contracts.address(ContractKind.FORWARDER));
        for (Rider rider : riders) {
            Boolean success =
                    rider.request() == null
                            ? executedOrUndecided(receipt)
                            : forwarded.get(rider.request());
            if (Boolean.TRUE.equals(success)) {
                executed.add(rider.id());
            } else if (Boolean.FALSE.equals(success)) {
                failed.add(new Failure(rider.id(), words(rider.id(), receipt)));
            }
        }
        return new Outcome(place.era(), place, receipt, executed, failed, List.of());
    }

    /** A batch that reverted as a whole is packed again, after its items have been tried apart. */
    private static @Nullable Boolean executedOrUndecided(Receipt receipt) {
        return receipt.succeeded() ? Boolean.TRUE : null;
    }

    private Refused words(IntentId id, Receipt receipt) {
        return intents.call(id) instanceof Call.Forward call
                ? simulation.why(call, id, receipt.block())
                : Refused.conflict("contract.reverted", "");
    }

    /** Whether each signer's request of each nonce succeeded; skipped ones are not in the logs. */
    static Map<Request, Boolean> forwarded(List<Node.Log> logs, Address forwarder) {
        Map<Request, Boolean> forwarded = new HashMap<>();
        for (Node.Log log : logs) {
            if (log.address().equals(forwarder)
                    && log.topics().size() == 2
                    && log.topics().getFirst().equals(Topics.FORWARDED)) {
                forwarded.put(
                        new Request(
                                Address.of(
                                        Arrays.copyOfRange(log.topics().get(1).bytes(), 12, WORD)),
                                new BigInteger(1, log.data(), 0, WORD)),
                        log.data()[2 * WORD - 1] == 1);
            }
        }
        return forwarded;
    }
}
