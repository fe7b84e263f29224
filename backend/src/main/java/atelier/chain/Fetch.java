package atelier.chain;

import atelier.chain.Node.Header;
import atelier.chain.Node.Log;
import atelier.chain.Node.Receipt;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Gets blocks and logs from a node that is not trusted: headers must link, every log must lie in a
 * header we hold, and where the logs are not all that the header's bloom was made from, the
 * receipts of the whole block are asked for.
 */
@Component
class Fetch implements Ranges {

    /** The node contradicts itself, as nodes do while they reorganise; ask again. */
    static final class Contradiction extends RuntimeException {
        Contradiction(String message) {
            super(message);
        }
    }

    private static final int BY_HASH = 8;

    private final Node node;

    Fetch(Node node) {
        this.node = node;
    }

    @Override
    public Range range(Collection<Address> contracts, long from, long to) {
        List<Header> headers = node.headers(from, to);
        if (headers.isEmpty()) {
            throw new Contradiction("The node has no block " + from + " any more");
        }
        link(headers, from);
        return new Range(headers, logs(contracts, headers));
    }

    @Override
    public Range block(Collection<Address> contracts, Header header) {
        return new Range(List.of(header), logs(contracts, List.of(header)));
    }

    private static void link(List<Header> headers, long from) {
        for (int i = 0; i < headers.size(); i++) {
            Header header = headers.get(i);
            boolean linked = i == 0 || header.parent().equals(headers.get(i - 1).hash());
            if (header.number() != from + i || !linked) {
                throw new Contradiction("Block " + (from + i) + " does not follow the one before");
            }
        }
    }

    private List<Log> logs(Collection<Address> contracts, List<Header> headers) {
        List<Header> likely =
                headers.stream().filter(h -> Bloom.mayHold(h.bloom(), contracts)).toList();
        Map<Hash32, List<Log>> found = new HashMap<>();
        if (likely.size() <= BY_HASH) {
            likely.forEach(h -> found.put(h.hash(), node.logs(contracts, h.hash())));
        } else {
            for (Log log :
                    node.logs(contracts, likely.getFirst().number(), likely.getLast().number())) {
                found.computeIfAbsent(log.blockHash(), _ -> new ArrayList<>()).add(log);
            }
        }
        List<Log> logs = new ArrayList<>();
        for (Header header : likely) {
            List<Log> ofBlock = checked(header, found.getOrDefault(header.hash(), List.of()));
            found.remove(header.hash());
            logs.addAll(complete(header, ofBlock) ? ofBlock : fromReceipts(contracts, header));
        }
        if (!found.isEmpty()) {
            throw new Contradiction("The node gave logs of a block that is not in the range");
        }
        return logs;
    }

    /** All of the block's, from the first to the last; false also where others have logs in it. */
    private static boolean complete(Header header, List<Log> logs) {
        return !logs.isEmpty()
                && logs.getLast().index() == logs.size() - 1
                && Bloom.isOf(header.bloom(), logs);
    }

    private List<Log> fromReceipts(Collection<Address> contracts, Header header) {
        List<Hash32> transactions = node.transactions(header.hash());
        List<Receipt> receipts = node.receipts(transactions);
        boolean all =
                receipts.size() == transactions.size()
                        && receipts.stream().allMatch(r -> r.blockHash().equals(header.hash()));
        List<Log> logs =
                checked(header, receipts.stream().flatMap(r -> r.logs().stream()).toList());
        if (!all || !Bloom.isOf(header.bloom(), logs)) {
            throw new Contradiction("The receipts of block " + header.number() + " are not all");
        }
        return logs.stream().filter(log -> contracts.contains(log.address())).toList();
    }

    /** In order, once each, all of this block. */
    private static List<Log> checked(Header header, List<Log> logs) {
        Set<Integer> seen = new HashSet<>();
        List<Log> checked = new ArrayList<>();
        for (Log log : logs.stream().sorted(Comparator.comparingInt(Log::index)).toList()) {
            if (!log.blockHash().equals(header.hash()) || log.block() != header.number()) {
                throw new Contradiction("A log names a block that its header does not");
            }
            if (seen.add(log.index())) {
                checked.add(log);
            }
        }
        return checked;
    }
}
