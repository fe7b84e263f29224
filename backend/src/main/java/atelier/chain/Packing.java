package atelier.chain;

import atelier.chain.IntentStore.Packed;
import atelier.chain.IntentStore.Waiting;
import atelier.kernel.Address;
import atelier.kernel.Refused;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Packs waiting intents into one transaction, after all of them have been rehearsed in order on the
 * newest block. What would revert ends here, in the contract's words, but only once nothing
 * submitted before it is still on its way: what it needs may be in there.
 */
@Component
class Packing {

    /**
     * A transaction to be, and who rides in it.
     *
     * @param until the end of the requests in it, if it has any
     * @param full whether there is more than fits
     */
    record Batch(
            Slots.Payload payload, List<Packed> items, @Nullable Instant until, boolean full) {}

    /** A member's intent that went well in the rehearsal, and the nonce it gets. */
    private record Ready(Waiting intent, Call.Forward call, long nonce, long gas, boolean busy) {

        RequestGas needs() {
            return RequestGas.of(gas, busy, nonce);
        }
    }

    /** How a rehearsal went: who may ride, who reverted, who has to wait for a nonce. */
    private record Cast(List<Ready> ready, Map<Waiting, Refused> reverted, Set<Waiting> held) {}

    private static final long ISSUE_GAS = 150_000;
    private static final long ITEM_GAS = 28_000;
    private static final int MOST_ITEMS = (int) ((Gas.MAX.longValueExact() - ISSUE_GAS) / ITEM_GAS);
    private static final int FEW = 8;

    private final Node node;
    private final Simulation simulation;
    private final ContractErrors errors;
    private final ForwardRequests requests;
    private final IntentStore intents;
    private final Executions executions;
    private final Wakeups wakeups;
    private final ChainProperties properties;
    private final Clock clock;
    private int likely;
    private int appetite;
    private int roomyEra = -1;

    Packing(
            Node node,
            Simulation simulation,
            ContractErrors errors,
            ForwardRequests requests,
            IntentStore intents,
            Executions executions,
            Wakeups wakeups,
            ChainProperties properties,
            Clock clock) {
        this.node = node;
        this.simulation = simulation;
        this.errors = errors;
        this.requests = requests;
        this.intents = intents;
        this.executions = executions;
        this.wakeups = wakeups;
        this.properties = properties;
        this.clock = clock;
        this.likely = properties.maxBatch();
        this.appetite = properties.maxBatch();
    }

    /** How many of the oldest to look at next, by what fitted the last time. */
    int appetite() {
        return appetite;
    }

    /** A transaction with as many of these intents as fit, all of the same kind of call. */
    Optional<Batch> pack(Contracts.Deployed deployed, Address key, List<Waiting> waiting) {
        // Asked first: what is settled by now, the newest block shows.
        long firstOpen = intents.firstOpen();
        appetite = properties.maxBatch();
        return switch (waiting.getFirst().call()) {
            case Call.Forward _ -> forwards(deployed, key, waiting, firstOpen);
            case Call.Issue _ -> issues(deployed, key, waiting, firstOpen);
            case Call.Direct _ -> direct(deployed, key, waiting, firstOpen);
        };
    }

    /** Those that fitted the last time, and some more, are rehearsed now. */
    private Optional<Batch> forwards(
            Contracts.Deployed deployed, Address key, List<Waiting> waiting, long firstOpen) {
        List<Waiting> candidates = waiting.subList(0, Math.min(likely, waiting.size()));
        RequestBook book =
                RequestBook.of(node, intents, executions, deployed, properties, candidates);
        Cast cast = rehearse(deployed, book, candidates);
        while (!cast.held().isEmpty()) {
            // Others were rehearsed after them, and may have needed what they did.
            Set<Waiting> held = cast.held();
            candidates = candidates.stream().filter(w -> !held.contains(w)).toList();
            cast = rehearse(deployed, book, candidates);
        }
        cast.reverted().forEach((intent, why) -> judge(intent, why, firstOpen, book));
        List<Ready> fitting = fitting(cast.ready());
        boolean cut = fitting.size() < cast.ready().size();
        likely =
                cut
                        ? fitting.size() + Math.max(FEW, fitting.size() / 16)
                        : Math.min(properties.maxBatch(), 2 * likely);
        appetite = likely;
        return fitting.isEmpty()
                ? Optional.empty()
                : signed(deployed, key, fitting, fitting.size() < waiting.size());
    }

    private Cast rehearse(Contracts.Deployed deployed, RequestBook book, List<Waiting> candidates) {
        List<Node.Act> acts = candidates.stream().map(simulation::act).toList();
        List<Node.Rehearsed> rehearsed = node.rehearse(deployed.at(ContractKind.FORWARDER), acts);
        Cast cast = new Cast(new ArrayList<>(), new HashMap<>(), new HashSet<>());
        Map<Address, Long> nonces = new HashMap<>();
        for (int i = 0; i < rehearsed.size(); i++) {
            Node.Rehearsed came = rehearsed.get(i);
            Waiting intent = candidates.get(i);
            Call.Forward call = (Call.Forward) intent.call();
            Address signer = call.signer();
            long nonce = nonces.getOrDefault(signer, book.next(signer, came.nonce()));
            if (!came.succeeded()) {
                cast.reverted().put(intent, errors.refusal(came.revertData()));
            } else if (book.allows(intent, signer, nonce)) {
                nonces.put(signer, book.after(signer, nonce));
                cast.ready().add(new Ready(intent, call, nonce, came.gas(), book.busy(signer)));
            } else {
                cast.held().add(intent);
            }
        }
        return cast;
    }

    private static List<Ready> fitting(List<Ready> ready) {
        RequestGas total = RequestGas.NONE;
        int count = 0;
        for (Ready one : ready) {
            RequestGas with = total.and(one.needs());
            if (count > 0 && with.atMost(one.call().data().length) > Gas.MAX.longValueExact()) {
                break;
            }
            total = with;
            count++;
        }
        return ready.subList(0, count);
    }

    private Optional<Batch> signed(
            Contracts.Deployed deployed, Address key, List<Ready> fitting, boolean full) {
        Instant now = clock.instant();
        Instant newest = node.head().time();
        Instant until = (newest.isAfter(now) ? newest : now).plus(properties.requestLife());
        List<ForwardRequests.Draft> drafts =
                fitting.stream()
                        .map(one ->
                                new ForwardRequests.Draft(
                                        one.intent().signer(),
                                        one.call().signer(),
                                        one.call().to(),
                                        Simulation.withId(one.call().data(), one.intent().id()),
                                        BigInteger.valueOf(one.needs().asked()),
                                        BigInteger.valueOf(one.nonce()),
                                        until))
                        .toList();
        try {
            byte[] data = Calldata.executeBatch(requests.sign(drafts), key);
            RequestGas total =
                    fitting.stream().map(Ready::needs).reduce(RequestGas.NONE, RequestGas::and);
            return Optional.of(
                    new Batch(
                            new Slots.Payload(
                                    deployed.at(ContractKind.FORWARDER), data, total.limit(data)),
                            fitting.stream()
                                    .map(one -> new Packed(one.intent().id(), one.nonce()))
                                    .toList(),
                            until,
                            full));
        } catch (Refused e) {
            signApart(fitting, drafts);
            return Optional.empty();
        }
    }

    /** Finds who may not be signed for; the others go with the next look. */
    private void signApart(List<Ready> fitting, List<ForwardRequests.Draft> drafts) {
        for (int i = 0; i < drafts.size(); i++) {
            try {
                requests.sign(List.of(drafts.get(i)));
            } catch (Refused e) {
                refuse(fitting.get(i).intent(), e);
            }
        }
    }

    /**
     * A batch that would revert is halved until it does not, or one item alone is the reason. It is
     * tried with the gas that it gets.
     */
    private Optional<Batch> issues(
            Contracts.Deployed deployed, Address key, List<Waiting> waiting, long firstOpen) {
        List<Waiting> fitting = waiting.subList(0, Math.min(MOST_ITEMS, waiting.size()));
        if (goesWellBySum(deployed, key, fitting)) {
            return Optional.of(issue(deployed, fitting, waiting));
        }
        while (true) {
            try {
                byte[] data = Calldata.issue(fitting);
                node.call(tried(deployed, key, data, issueGas(fitting.size())), Node.LATEST);
                return Optional.of(issue(deployed, fitting, waiting));
            } catch (NodeRefused e) {
                if (fitting.size() == 1) {
                    judge(fitting.getFirst(), e, firstOpen);
                    return Optional.empty();
                }
                fitting = fitting.subList(0, fitting.size() / 2);
            }
        }
    }

    /**
     * A batch fails for its issuer, its id or its sum, all of which one item for the whole sum
     * would fail for too; no item fails by itself but one for nobody. That the gas is enough for
     * the dearest items, accounts that never had any, is seen once on each chain.
     */
    private boolean goesWellBySum(Contracts.Deployed deployed, Address key, List<Waiting> items) {
        if (items.size() < FEW || !items.stream().allMatch(Packing::toSomebody)) {
            return false;
        }
        try {
            if (roomyEra != deployed.era()) {
                byte[] dearest = Calldata.issueToStrangers(MOST_ITEMS);
                node.call(tried(deployed, key, dearest, issueGas(MOST_ITEMS)), Node.LATEST);
                roomyEra = deployed.era();
            }
            byte[] sum = Calldata.issueSum(items);
            node.call(tried(deployed, key, sum, issueGas(1)), Node.LATEST);
            return true;
        } catch (NodeRefused e) {
            return false;
        }
    }

    private static boolean toSomebody(Waiting intent) {
        return !((Call.Issue) intent.call()).to().equals(Address.ZERO);
    }

    private static Batch issue(
            Contracts.Deployed deployed, List<Waiting> items, List<Waiting> waiting) {
        return new Batch(
                new Slots.Payload(
                        deployed.at(ContractKind.POINTS),
                        Calldata.issue(items),
                        issueGas(items.size())),
                items.stream().map(w -> new Packed(w.id(), null)).toList(),
                null,
                items.size() < waiting.size());
    }

    private static Node.Tried tried(
            Contracts.Deployed deployed, Address key, byte[] data, BigInteger gas) {
        return new Node.Tried(key, deployed.at(ContractKind.POINTS), data, gas);
    }

    private static BigInteger issueGas(int items) {
        return BigInteger.valueOf(ISSUE_GAS + ITEM_GAS * items);
    }

    private Optional<Batch> direct(
            Contracts.Deployed deployed, Address key, List<Waiting> waiting, long firstOpen) {
        for (Waiting intent : waiting) {
            Call.Direct call = (Call.Direct) intent.call();
            byte[] data = Simulation.withId(call.data(), intent.id());
            Address target = deployed.at(call.to());
            try {
                BigInteger gas = node.estimateGas(new Node.Tried(key, target, data, null));
                return Optional.of(
                        new Batch(
                                new Slots.Payload(target, data, Gas.withMargin(gas)),
                                List.of(new Packed(intent.id(), null)),
                                null,
                                true));
            } catch (NodeRefused e) {
                judge(intent, e, firstOpen);
            }
        }
        return Optional.empty();
    }

    /** An answer that is no revert decides nothing: the intent waits, until its deadline. */
    private void judge(Waiting intent, NodeRefused answer, long firstOpen) {
        if (ContractErrors.isRevert(answer) && intent.number() <= firstOpen) {
            refuse(intent, errors.refusal(answer));
        }
    }

    /** What others may still bring has not failed. */
    private void judge(Waiting intent, Refused why, long firstOpen, RequestBook book) {
        if (intent.number() <= firstOpen && !book.mayStillBeBrought(intent)) {
            refuse(intent, why);
        }
    }

    private void refuse(Waiting intent, Refused why) {
        intents.refuse(intent.id(), why);
        wakeups.intentsChanged();
    }
}
