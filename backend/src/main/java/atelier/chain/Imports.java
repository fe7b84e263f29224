package atelier.chain;

import atelier.chain.Executions.Execution;
import atelier.chain.IntentStore.Request;
import atelier.chain.Node.Log;
import atelier.chain.Outcomes.Failure;
import atelier.chain.Outcomes.Outcome;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds what transactions that are not on our record did for our intents: a stranger brought a
 * signed request by themselves, or we did in a life that a restored backup has forgotten.
 */
@Component
class Imports {

    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);
    private static final int AT_ONCE = 32;

    private final Node node;
    private final Contracts contracts;
    private final ForwardRequests requests;
    private final Executions executions;
    private final IntentStore intents;
    private final Simulation simulation;

    Imports(
            Node node,
            Contracts contracts,
            ForwardRequests requests,
            Executions executions,
            IntentStore intents,
            Simulation simulation) {
        this.node = node;
        this.contracts = contracts;
        this.requests = requests;
        this.executions = executions;
        this.intents = intents;
        this.simulation = simulation;
    }

    /**
     * What they did in these blocks.
     *
     * @param ours transactions that are on our record without asking
     */
    List<Outcome> in(int era, Range range, Set<Hash32> ours) {
        Map<Hash32, List<Log>> candidates = candidates(range);
        candidates.keySet().removeAll(ours);
        if (candidates.isEmpty()) {
            return List.of();
        }
        List<Hash32> foreign = List.copyOf(executions.foreign(era, candidates.keySet()));
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < foreign.size(); i += AT_ONCE) {
            for (Node.Sent sent :
                    node.sent(foreign.subList(i, Math.min(foreign.size(), i + AT_ONCE)))) {
                List<Log> logs = candidates.getOrDefault(sent.tx(), List.of());
                if (!logs.isEmpty()) {
                    Node.Header block = range.header(logs.getFirst().block());
                    outcomes.add(new Examined(era, sent, logs, block).outcome());
                }
            }
        }
        if (outcomes.size() != foreign.size()) {
            throw new NodeUnavailable("The node does not give all transactions of its blocks");
        }
        return outcomes;
    }

    /**
     * By transaction. One that moves points and neither forwards nor issues is its sender's own
     * affair: what our keys call directly moves none.
     */
    private Map<Hash32, List<Log>> candidates(Range range) {
        Map<Hash32, List<Log>> byTransaction = range.logsByTransaction();
        byTransaction.values().removeIf(logs -> !mayExecute(logs));
        return byTransaction;
    }

    private boolean mayExecute(List<Log> logs) {
        boolean moves = false;
        for (Log log : logs) {
            Hash32 topic = log.topics().isEmpty() ? Hash32.ZERO : log.topics().getFirst();
            if (topic.equals(Topics.FORWARDED) || topic.equals(Topics.ISSUED)) {
                return true;
            }
            moves |= topic.equals(Topics.TRANSFER);
        }
        return !moves;
    }

    /** One transaction that is not on our record. */
    private final class Examined {

        private final int era;
        private final Node.Sent sent;
        private final List<Log> logs;
        private final Node.Header block;
        private final List<Execution> found = new ArrayList<>();
        private final List<Failure> failed = new ArrayList<>();

        Examined(int era, Node.Sent sent, List<Log> logs, Node.Header block) {
            this.era = era;
            this.sent = sent;
            this.logs = logs;
            this.block = block;
        }

        Outcome outcome() {
            Contracts.Deployed deployed = contracts.get();
            Map<Request, Boolean> ran =
                    Outcomes.forwarded(logs, deployed.at(ContractKind.FORWARDER));
            Optional<ContractKind> kind =
                    Optional.ofNullable(sent.to()).flatMap(Imports.this::kind);
            CallReader calldata = new CallReader(sent.data());
            Optional<List<CallReader.Request>> brought =
                    kind.equals(Optional.of(ContractKind.FORWARDER))
                            ? calldata.requests()
                            : Optional.empty();
            if (!ran.isEmpty()) {
                brought.ifPresentOrElse(all -> forwards(all, ran), () -> byNonce(ran));
            } else if (kind.equals(Optional.of(ContractKind.POINTS))
                    && calldata.issues().isPresent()) {
                issues(calldata.issues().get());
            } else if (sent.from().equals(deployed.deployer())) {
                kind.ifPresent(one -> calldata.named().ifPresent(call -> direct(one, call)));
            }
            Node.Receipt receipt =
                    new Node.Receipt(
                            sent.tx(),
                            logs.getFirst().block(),
                            logs.getFirst().blockHash(),
                            true,
                            logs);
            return new Outcome(era, null, receipt, List.of(), failed, found);
        }

        /** Each signer's requests ran in order; which were passed over, their signatures tell. */
        private void forwards(List<CallReader.Request> brought, Map<Request, Boolean> ran) {
            Set<Address> signers = new HashSet<>();
            ran.keySet().forEach(request -> signers.add(request.signer()));
            for (Address signer : signers) {
                List<Request> theirs =
                        ran.keySet().stream()
                                .filter(request -> request.signer().equals(signer))
                                .sorted((a, b) -> a.nonce().compareTo(b.nonce()))
                                .toList();
                List<CallReader.Request> offered =
                        brought.stream()
                                .filter(one -> one.from().equals(signer) && alive(one))
                                .toList();
                Iterator<CallReader.Request> left = offered.iterator();
                for (Request request : theirs) {
                    boolean allRan = offered.size() == theirs.size();
                    while (left.hasNext()) {
                        CallReader.Request one = left.next();
                        if (allRan || requests.signed(one, request.nonce())) {
                            forward(one, request, Boolean.TRUE.equals(ran.get(request)));
                            break;
                        }
                    }
                }
            }
        }

        /** Another may have been signed for a nonce once the first had lapsed. */
        private boolean alive(CallReader.Request brought) {
            BigInteger time = BigInteger.valueOf(block.time().getEpochSecond());
            return brought.deadline().compareTo(time) >= 0;
        }

        private void forward(CallReader.Request brought, Request request, boolean success) {
            Optional<ContractKind> target = kind(brought.to());
            Optional<CallReader.Named> call = new CallReader(brought.data()).named();
            if (target.isEmpty() || call.isEmpty() || brought.value().signum() != 0) {
                return;
            }
            IntentId id = call.get().id();
            Call.Forward forward =
                    new Call.Forward(request.signer(), target.get(), call.get().call());
            if (success) {
                found.add(execution(id, forward));
            } else if (executions.rider(era, request).filter(id::equals).isPresent()) {
                failed.add(failure(id, forward));
            }
        }

        /** A contract brought them; what a nonce was signed for, it was spent on. */
        private void byNonce(Map<Request, Boolean> ran) {
            ran.forEach((request, success) ->
                    executions
                            .rider(era, request)
                            .ifPresent(id -> {
                                LOG.info("{} was executed by a contract in {}", id, sent.tx());
                                Call call = intents.call(id);
                                if (success) {
                                    found.add(execution(id, call));
                                } else {
                                    failed.add(failure(id, call));
                                }
                            }));
        }

        private void issues(List<CallReader.Item> items) {
            for (CallReader.Item item : items) {
                if (item.amount().signum() > 0) {
                    found.add(
                            execution(
                                    item.id(),
                                    new Call.Issue(item.to(), new TokenAmount(item.amount()))));
                }
            }
        }

        private void direct(ContractKind kind, CallReader.Named named) {
            found.add(execution(named.id(), new Call.Direct(kind, named.call())));
        }

        private Execution execution(IntentId id, Call call) {
            return new Execution(id, call, sent.tx(), logs.getFirst().block());
        }

        private Failure failure(IntentId id, Call call) {
            return new Failure(
                    id,
                    call instanceof Call.Forward forward
                            ? simulation.why(forward, id, logs.getFirst().block())
                            : Refused.conflict("contract.reverted", ""));
        }
    }

    private Optional<ContractKind> kind(Address address) {
        return contracts.get().addresses().entrySet().stream()
                .filter(entry -> entry.getValue().equals(address))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
