package atelier.chain;

import atelier.chain.Node.Header;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Consecutive blocks as a node gave them, checked against each other, with our contracts' logs. */
record Range(List<Header> headers, List<Node.Log> logs) {

    long from() {
        return headers.getFirst().number();
    }

    long to() {
        return headers.getLast().number();
    }

    Hash32 parent() {
        return headers.getFirst().parent();
    }

    Header last() {
        return headers.getLast();
    }

    /** A block of the range. */
    Header header(long number) {
        return headers.get(Math.toIntExact(number - from()));
    }

    /** What the contracts said in each transaction, in the order of the chain. */
    Map<Hash32, List<Node.Log>> logsByTransaction() {
        Map<Hash32, List<Node.Log>> byTransaction = new LinkedHashMap<>();
        logs.forEach(
                log -> byTransaction.computeIfAbsent(log.tx(), _ -> new ArrayList<>()).add(log));
        return byTransaction;
    }

    /** What the contracts said, for projections. */
    ContractLogs contractLogs(Map<Address, ContractKind> contracts) {
        return new ContractLogs(
                from(), to(), logs.stream().map(log -> contractLog(log, contracts)).toList());
    }

    /** What one of the contracts said. */
    ContractLog contractLog(Node.Log log, Map<Address, ContractKind> contracts) {
        ContractKind contract = contracts.get(log.address());
        if (contract == null) {
            throw new Fetch.Contradiction("The node gave a log of another contract");
        }
        return new ContractLog(
                log.block(),
                header(log.block()).time(),
                log.index(),
                log.tx(),
                contract,
                log.topics(),
                log.data());
    }

    /** Whether this block, by number and hash, is one of the range. */
    boolean holds(long number, Hash32 hash) {
        return number >= from() && number <= to() && header(number).hash().equals(hash);
    }
}
