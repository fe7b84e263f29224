package atelier.chain;

import atelier.chain.IntentStore.Waiting;
import atelier.contracts.ERC2771Forwarder;
import atelier.contracts.ERC2771Forwarder.ForwardRequestData;
import atelier.contracts.Points;
import atelier.kernel.Address;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
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
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/**
 * Packs waiting intents into one transaction, trying each on the newest block first. What would
 * revert ends here, in the contract's words, but only once nothing submitted before it is still on
 * its way: what it needs may be in there.
 */
@Component
class Packing {

    /** A transaction to be, and who rides in it. */
    record Batch(Slots.Payload payload, List<Item> items) {}

    /** One intent in a batch. */
    record Item(IntentId id, @Nullable BigInteger forwardNonce) {}

    private record Tried(Waiting intent, Call.Forward call, BigInteger gas) {}

    private static final BigInteger BASE_GAS = BigInteger.valueOf(50_000);
    private static final BigInteger REQUEST_GAS = BigInteger.valueOf(70_000);
    private static final BigInteger CALLDATA_GAS = BigInteger.valueOf(40);
    private static final BigInteger SPARE_GAS = BigInteger.valueOf(30_000);
    private static final Duration SHORTEST_DEADLINE = Duration.ofMinutes(10);

    private final Node node;
    private final Simulation simulation;
    private final ContractErrors errors;
    private final ForwardRequests requests;
    private final IntentStore intents;
    private final Wakeups wakeups;
    private final Clock clock;

    Packing(
            Node node,
            Simulation simulation,
            ContractErrors errors,
            ForwardRequests requests,
            IntentStore intents,
            Wakeups wakeups,
            Clock clock) {
        this.node = node;
        this.simulation = simulation;
        this.errors = errors;
        this.requests = requests;
        this.intents = intents;
        this.wakeups = wakeups;
        this.clock = clock;
    }

    /** A transaction with as many of these intents as fit, all of the same kind of call. */
    Optional<Batch> pack(Contracts.Deployed deployed, Address key, List<Waiting> waiting) {
        return switch (waiting.getFirst().call()) {
            case Call.Forward _ -> forwards(deployed, waiting);
            case Call.Issue _ -> issues(deployed, key, waiting);
            case Call.Direct _ -> direct(deployed, key, waiting);
        };
    }

    private Optional<Batch> forwards(Contracts.Deployed deployed, List<Waiting> waiting) {
        List<Tried> tried = tryForwards(waiting);
        if (tried.isEmpty()) {
            return Optional.empty();
        }
        Address forwarder = deployed.at(ContractKind.FORWARDER);
        // From the chain, because members with wallets of their own may use the forwarder too.
        Map<Address, BigInteger> nonces = new HashMap<>();
        List<Item> items = new ArrayList<>();
        List<ForwardRequestData> signed = new ArrayList<>();
        BigInteger total = BASE_GAS;
        for (Tried one : tried) {
            byte[] data = Simulation.withId(one.call().data(), one.intent().id());
            BigInteger gas = forwardGas(one.gas(), data.length);
            if (total.add(gas).compareTo(Gas.MAX) > 0) {
                break;
            }
            BigInteger nonce =
                    nonces.computeIfAbsent(one.call().signer(), s -> nonce(forwarder, s));
            Optional<ForwardRequestData> request = sign(one, data, nonce);
            if (request.isPresent()) {
                total = total.add(gas);
                signed.add(request.get());
                items.add(new Item(one.intent().id(), nonce));
                nonces.merge(one.call().signer(), BigInteger.ONE, BigInteger::add);
            }
        }
        return items.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Batch(
                                new Slots.Payload(
                                        forwarder, executeBatch(signed, deployed.relayer()), total),
                                items));
    }

    /**
     * What a request may use by itself, what the forwarder adds, and its 64th that stays behind.
     */
    private static BigInteger forwardGas(BigInteger gas, int dataLength) {
        return gas.multiply(BigInteger.valueOf(65))
                .divide(BigInteger.valueOf(64))
                .add(REQUEST_GAS)
                .add(CALLDATA_GAS.multiply(BigInteger.valueOf(dataLength)));
    }

    private List<Tried> tryForwards(List<Waiting> waiting) {
        List<Tried> tried = new ArrayList<>();
        Set<Address> busy = new HashSet<>(intents.signersOnTheirWay());
        for (Waiting intent : waiting) {
            Call.Forward call = (Call.Forward) intent.call();
            boolean alone = busy.add(call.signer());
            estimate(intent, simulation.forwarded(call, intent.id()))
                    .map(gas -> Gas.withMargin(gas.add(SPARE_GAS)))
                    .map(gas -> new Tried(intent, call, alone ? gas : Gas.withRoom(gas)))
                    .ifPresent(tried::add);
        }
        return tried;
    }

    private Optional<ForwardRequestData> sign(Tried one, byte[] data, BigInteger nonce) {
        Instant soonest = clock.instant().plus(SHORTEST_DEADLINE);
        Instant deadline =
                one.intent().deadline().isAfter(soonest) ? one.intent().deadline() : soonest;
        try {
            return Optional.of(
                    requests.sign(
                            one.intent().signer(),
                            one.call().signer(),
                            one.call().to(),
                            data,
                            one.gas(),
                            nonce,
                            deadline));
        } catch (Refused e) {
            refuse(one.intent(), e);
            return Optional.empty();
        }
    }

    private BigInteger nonce(Address forwarder, Address signer) {
        Function nonces =
                new Function(
                        ERC2771Forwarder.FUNC_NONCES,
                        List.of(new org.web3j.abi.datatypes.Address(signer.toString())),
                        List.of());
        byte[] data = Numeric.hexStringToByteArray(FunctionEncoder.encode(nonces));
        return new BigInteger(
                1, node.call(new Node.Tried(Address.ZERO, forwarder, data, null), Node.LATEST));
    }

    private static byte[] executeBatch(List<ForwardRequestData> requests, Address refundReceiver) {
        Function batch =
                new Function(
                        ERC2771Forwarder.FUNC_EXECUTEBATCH,
                        List.of(
                                new DynamicArray<>(ForwardRequestData.class, requests),
                                new org.web3j.abi.datatypes.Address(refundReceiver.toString())),
                        List.of());
        return Numeric.hexStringToByteArray(FunctionEncoder.encode(batch));
    }

    /** A batch that would revert is halved until it does not, or one item alone is the reason. */
    private Optional<Batch> issues(
            Contracts.Deployed deployed, Address key, List<Waiting> waiting) {
        List<Waiting> fitting = waiting;
        while (true) {
            byte[] data = issue(fitting);
            Node.Tried tried = new Node.Tried(key, deployed.at(ContractKind.POINTS), data, null);
            try {
                BigInteger gas = node.estimateGas(tried);
                return Optional.of(
                        new Batch(
                                new Slots.Payload(tried.to(), data, Gas.withMargin(gas)),
                                fitting.stream().map(w -> new Item(w.id(), null)).toList()));
            } catch (NodeRefused e) {
                if (fitting.size() == 1) {
                    judge(fitting.getFirst(), e);
                    return Optional.empty();
                }
                fitting = fitting.subList(0, fitting.size() / 2);
            }
        }
    }

    private static byte[] issue(List<Waiting> waiting) {
        ByteArrayOutputStream ids = new ByteArrayOutputStream();
        List<Points.Issue> items = new ArrayList<>();
        for (Waiting intent : waiting) {
            Call.Issue call = (Call.Issue) intent.call();
            byte[] id = intent.id().hash().bytes();
            ids.writeBytes(id);
            items.add(new Points.Issue(call.to().toString(), call.amount().units(), id));
        }
        Function issue =
                new Function(
                        Points.FUNC_ISSUE,
                        List.of(
                                new Bytes32(Hash.sha3(ids.toByteArray())),
                                new DynamicArray<>(Points.Issue.class, items)),
                        List.of());
        return Numeric.hexStringToByteArray(FunctionEncoder.encode(issue));
    }

    private Optional<Batch> direct(
            Contracts.Deployed deployed, Address key, List<Waiting> waiting) {
        for (Waiting intent : waiting) {
            Call.Direct call = (Call.Direct) intent.call();
            byte[] data = Simulation.withId(call.data(), intent.id());
            Address target = deployed.at(call.to());
            Optional<BigInteger> gas = estimate(intent, new Node.Tried(key, target, data, null));
            if (gas.isPresent()) {
                return Optional.of(
                        new Batch(
                                new Slots.Payload(target, data, Gas.withMargin(gas.get())),
                                List.of(new Item(intent.id(), null))));
            }
        }
        return Optional.empty();
    }

    private Optional<BigInteger> estimate(Waiting intent, Node.Tried tried) {
        try {
            return Optional.of(node.estimateGas(tried));
        } catch (NodeRefused e) {
            judge(intent, e);
            return Optional.empty();
        }
    }

    /** An answer that is no revert decides nothing: the intent waits, until its deadline. */
    private void judge(Waiting intent, NodeRefused answer) {
        if (errors.isRevert(answer) && intents.first(intent)) {
            refuse(intent, errors.refusal(answer));
        }
    }

    private void refuse(Waiting intent, Refused why) {
        intents.refuse(intent.id(), why);
        wakeups.intentsChanged();
    }
}
