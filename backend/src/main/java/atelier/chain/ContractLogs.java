package atelier.chain;

import atelier.kernel.Hash32;
import java.util.Collection;
import java.util.List;

/** All that the community's contracts said in consecutive blocks, in order. */
public record ContractLogs(long from, long to, List<ContractLog> logs) {

    /** What a contract said of one event, in order. */
    public List<ContractLog> of(ContractKind contract, Hash32 event) {
        return logs.stream().filter(log -> log.contract() == contract && log.is(event)).toList();
    }

    /** Whether any contract said any of these events. */
    public boolean sayAny(Collection<Hash32> events) {
        return logs.stream()
                .anyMatch(
                        log -> !log.topics().isEmpty() && events.contains(log.topics().getFirst()));
    }
}
