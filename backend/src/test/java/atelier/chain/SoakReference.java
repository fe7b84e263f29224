package atelier.chain;

import atelier.contracts.Points;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.web3j.abi.EventEncoder;
import org.web3j.utils.Numeric;

/** Reads the chain for itself, and compares it with what the database says. */
final class SoakReference {

    private static final Hash32 TRANSFERRED =
            Hash32.parse(EventEncoder.encode(Points.TRANSFER_EVENT));
    private static final int OVERLAP = 8;

    private final SoakChain chain;
    private long checkedTo;

    SoakReference(SoakChain chain) {
        this.chain = chain;
    }

    /**
     * Chain, mirror and a fresh index of the chain are one, and every wish came true once or not.
     */
    void check(JdbcClient database, Collection<SoakStage.Wish> wishes) {
        long height = database.sql("SELECT height FROM derived.cursor").query(Long.class).single();
        Node node = chain.node();
        List<Node.Log> logs = logs(node, height);
        mirrored(database, node, logs, height);
        holdings(database, logs);
        executions(database, logs, wishes);
        checkedTo = height;
    }

    /** A reorg took blocks that had been compared already. */
    void compareAgainFrom(long height) {
        checkedTo = Math.min(checkedTo, height);
    }

    private List<Node.Log> logs(Node node, long height) {
        return node.logs(
                SoakChain.deployed(new Era(1, 0, Hash32.ZERO, null)).addresses().values(),
                chain.lowest(),
                height);
    }

    private void mirrored(JdbcClient database, Node node, List<Node.Log> logs, long height) {
        long from = Math.max(chain.lowest(), checkedTo - OVERLAP);
        Map<Long, Hash32> ours = new HashMap<>();
        database.sql("SELECT number, hash FROM derived.block WHERE canonical AND number >= :from")
                .param("from", from)
                .query(row -> {
                    ours.put(row.getLong("number"), Hash32.of(row.getBytes("hash")));
                });
        Map<Long, Hash32> theirs = new HashMap<>();
        node.headers(from, height).forEach(header -> theirs.put(header.number(), header.hash()));
        same("blocks", theirs, ours);
        List<String> mirrored =
                database
                        .sql(
                                "SELECT encode(block_hash, 'hex') || ' ' || log_index || ' ' ||"
                                        + " encode(tx_hash, 'hex') || ' ' || encode(data, 'hex') FROM"
                                        + " derived.log WHERE canonical ORDER BY block_number,"
                                        + " log_index")
                        .query(String.class)
                        .list()
                        .stream()
                        .map(Objects::requireNonNull)
                        .toList();
        List<String> real =
                logs.stream()
                        .map(log ->
                                hex(log.blockHash().bytes())
                                        + " "
                                        + log.index()
                                        + " "
                                        + hex(log.tx().bytes())
                                        + " "
                                        + hex(log.data()))
                        .toList();
        same("logs", real, mirrored);
    }

    /** An index made anew: points by account from the chain's own logs. */
    private void holdings(JdbcClient database, List<Node.Log> logs) {
        Map<Address, Long> fresh = new HashMap<>();
        for (Node.Log log : transfers(logs)) {
            long amount = amount(log);
            fresh.merge(topic(log, 1), -amount, Long::sum);
            fresh.merge(topic(log, 2), amount, Long::sum);
        }
        fresh.values().removeIf(amount -> amount == 0);
        Map<Address, Long> ours = new HashMap<>();
        database.sql(
                        "SELECT account, amount FROM derived.holding WHERE asset_class = 'points' AND"
                                + " amount <> 0")
                .query(row -> {
                    ours.put(
                            Address.of(row.getBytes("account")),
                            row.getBigDecimal("amount").longValueExact());
                });
        same("holdings", fresh, ours);
        long sum = ours.values().stream().mapToLong(Long::longValue).sum();
        if (sum != 0) {
            throw new Violation("Holdings sum to " + sum);
        }
    }

    private void executions(
            JdbcClient database, List<Node.Log> logs, Collection<SoakStage.Wish> wishes) {
        Map<Address, Integer> times = new HashMap<>();
        transfers(logs).forEach(log -> times.merge(topic(log, 2), 1, Integer::sum));
        Map<IntentId, String> states = new HashMap<>();
        database.sql("SELECT id, state FROM recorded.intent_now")
                .query(row -> {
                    states.put(new IntentId(Hash32.of(row.getBytes("id"))), row.getString("state"));
                });
        for (SoakStage.Wish wish : wishes) {
            String state = states.get(wish.id());
            if (state == null) {
                throw new Violation("Lost: " + wish.id());
            }
            int wanted = state.equals("FINAL") ? 1 : 0;
            int real = times.getOrDefault(wish.to(), 0);
            if (real != wanted && !wish.shared()) {
                throw new Violation("Executed " + real + " times: " + row(database, wish.id()));
            }
        }
    }

    private static String row(JdbcClient database, IntentId id) {
        return database.sql(
                        "SELECT i::text || ' ' || coalesce(s::text, '') FROM recorded.intent_now i LEFT"
                                + " JOIN recorded.slot s USING (era, relayer, nonce) WHERE i.id = :id")
                .param("id", id.hash().bytes())
                .query(String.class)
                .single();
    }

    private List<Node.Log> transfers(List<Node.Log> logs) {
        Address points = chain.at(ContractKind.POINTS);
        return logs.stream()
                .filter(log -> log.address().equals(points))
                .filter(log -> log.topics().getFirst().equals(TRANSFERRED))
                .toList();
    }

    private static Address topic(Node.Log log, int at) {
        return Address.of(Arrays.copyOfRange(log.topics().get(at).bytes(), 12, 32));
    }

    private static long amount(Node.Log log) {
        return new BigInteger(1, log.data()).longValueExact();
    }

    private static String hex(byte[] bytes) {
        return Numeric.toHexStringNoPrefix(bytes);
    }

    private static void same(String what, Map<?, ?> chain, Map<?, ?> mirror) {
        if (!chain.equals(mirror)) {
            Map<Object, Object> more = new HashMap<>(chain);
            more.entrySet().removeAll(mirror.entrySet());
            throw new Violation("Mirrored " + what + " differ: " + more + " of " + mirror.size());
        }
    }

    private static void same(String what, List<String> chain, List<String> mirror) {
        if (!chain.equals(mirror)) {
            List<String> more = new ArrayList<>(chain);
            more.removeAll(mirror);
            throw new Violation(
                    "Mirrored %s differ: %d on the chain, %d mirrored, missing %s"
                            .formatted(what, chain.size(), mirror.size(), more));
        }
    }
}
