package atelier.ledger;

import atelier.chain.ContractLog;
import atelier.chain.ContractLogs;
import atelier.chain.CopyRows;
import atelier.chain.Projection;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Posts every transfer twice, once for each side with the balance it left, and keeps the sums. What
 * a transfer was for is read from the other events of its {@link Operation}.
 */
@Component
@Order(110)
class LedgerProjection implements Projection {

    // What the sums are now less what was added is what they were before, in one question.
    private static final String HOLD =
            """
            insert into derived.holding as held (account, asset_class, asset_id, amount)
            select account, asset_class, asset_id::numeric, amount::numeric
            from unnest(:accounts::bytea[], :classes::text[], :ids::text[], :amounts::text[])
              as net (account, asset_class, asset_id, amount)
            on conflict (account, asset_class, asset_id)
            do update set amount = held.amount + excluded.amount
            returning account, asset_class, asset_id, amount
            """;

    private static final String COUNT =
            """
            insert into derived.asset_total as total (asset_class, asset_id, amount)
            select asset_class, asset_id::numeric, amount::numeric
            from unnest(:classes::text[], :ids::text[], :amounts::text[])
              as net (asset_class, asset_id, amount)
            on conflict (asset_class, asset_id)
            do update set amount = total.amount + excluded.amount
            """;

    // What no posting is left of is forgotten, so that a mirror after a reorg is the one that
    // reading the chain afresh would give.
    private static final String REVERSE =
            """
            with dropped as (
              update derived.posting set canonical = false
              where canonical and block_number >= :from
              returning account, asset_class, asset_id, amount),
            net as (
              select account, asset_class, asset_id, sum(amount) as amount,
                     exists (
                       select from derived.posting earlier
                       where earlier.canonical and earlier.block_number < :from
                         and (earlier.account, earlier.asset_class, earlier.asset_id)
                           = (dropped.account, dropped.asset_class, dropped.asset_id)) as kept
              from dropped
              group by account, asset_class, asset_id),
            uncounted as (
              update derived.asset_total total set amount = total.amount + net.amount
              from net
              where net.account = :nobody and net.kept
                and (total.asset_class, total.asset_id) = (net.asset_class, net.asset_id)),
            unknown as (
              delete from derived.asset_total total using net
              where net.account = :nobody and not net.kept
                and (total.asset_class, total.asset_id) = (net.asset_class, net.asset_id)),
            empty as (
              delete from derived.holding held using net
              where not net.kept
                and (held.account, held.asset_class, held.asset_id)
                  = (net.account, net.asset_class, net.asset_id))
            update derived.holding held set amount = held.amount - net.amount
            from net
            where net.kept
              and (held.account, held.asset_class, held.asset_id)
                = (net.account, net.asset_class, net.asset_id)
            """;

    /** One account's sum of one asset. */
    private record Sum(Address account, String assetClass, BigInteger assetId) {}

    private record Reasoned(Movement movement, Code code) {}

    private final JdbcClient jdbc;
    private final JdbcTemplate copy;

    LedgerProjection(JdbcClient jdbc, JdbcTemplate copy) {
        this.jdbc = jdbc;
        this.copy = copy;
    }

    @Override
    public void apply(ContractLogs logs) {
        List<Reasoned> movements = reasoned(logs);
        if (movements.isEmpty()) {
            return;
        }
        Map<Sum, BigInteger> net = new LinkedHashMap<>();
        for (Reasoned reasoned : movements) {
            Movement moved = reasoned.movement();
            net.merge(sum(moved, moved.sender()), moved.amount().negate(), BigInteger::add);
            net.merge(sum(moved, moved.recipient()), moved.amount(), BigInteger::add);
        }
        count(net);
        post(movements, hold(net));
    }

    private static Sum sum(Movement moved, Address account) {
        return new Sum(account, moved.assetClass(), moved.assetId());
    }

    private List<Reasoned> reasoned(ContractLogs logs) {
        Set<Address> treasuries = treasuries();
        List<Reasoned> reasoned = new ArrayList<>();
        for (List<ContractLog> one : operations(logs)) {
            Operation operation = new Operation();
            one.forEach(operation::hear);
            for (ContractLog log : one) {
                for (Movement moved : Movement.of(log)) {
                    reasoned.add(new Reasoned(moved, operation.reason(moved, treasuries)));
                }
            }
        }
        return reasoned;
    }

    /** In the order of the chain, as logs of a transaction stand together. */
    private static List<List<ContractLog>> operations(ContractLogs logs) {
        List<List<ContractLog>> operations = new ArrayList<>();
        Hash32 tx = null;
        List<ContractLog> current = new ArrayList<>();
        for (ContractLog log : logs.logs()) {
            if (tx == null || !log.tx().equals(tx)) {
                current = new ArrayList<>();
                operations.add(current);
                tx = log.tx();
            }
            current.add(log);
            if (Operation.endsWith(log)) {
                tx = null;
            }
        }
        return operations;
    }

    private Set<Address> treasuries() {
        return new HashSet<>(
                jdbc.sql("select address from derived.directory where kind = 'Treasury'")
                        .query((row, _) -> Address.of(row.getBytes(1)))
                        .list());
    }

    /** Adds to the sums; what each was before. */
    private Map<Sum, BigInteger> hold(Map<Sum, BigInteger> net) {
        Map<Sum, BigInteger> before = new HashMap<>();
        jdbc.sql(HOLD)
                .param(
                        "accounts",
                        net.keySet().stream()
                                .map(sum -> sum.account().bytes())
                                .toArray(byte[][]::new))
                .param("classes", classes(net))
                .param("ids", ids(net))
                .param("amounts", amounts(net))
                .query(row -> {
                    Sum sum =
                            new Sum(
                                    Address.of(row.getBytes(1)),
                                    row.getString(2).intern(),
                                    whole(row.getBigDecimal(3)));
                    BigInteger added = net.getOrDefault(sum, BigInteger.ZERO);
                    before.put(sum, whole(row.getBigDecimal(4)).subtract(added));
                });
        return before;
    }

    /** What nobody has less of is what there is more of. */
    private void count(Map<Sum, BigInteger> net) {
        Map<Sum, BigInteger> issued = new LinkedHashMap<>();
        net.forEach((sum, amount) -> {
            if (sum.account().equals(Address.ZERO)) {
                issued.put(sum, amount.negate());
            }
        });
        if (!issued.isEmpty()) {
            jdbc.sql(COUNT)
                    .param("classes", classes(issued))
                    .param("ids", ids(issued))
                    .param("amounts", amounts(issued))
                    .update();
        }
    }

    private void post(List<Reasoned> movements, Map<Sum, BigInteger> balances) {
        CopyRows rows =
                CopyRows.into(
                        "derived.posting",
                        "account",
                        "asset_class",
                        "asset_id",
                        "amount",
                        "balance",
                        "counterparty",
                        "code",
                        "block_number",
                        "log_index",
                        "item",
                        "tx_hash");
        for (Reasoned reasoned : movements) {
            Movement moved = reasoned.movement();
            BigInteger amount = moved.amount();
            post(rows, reasoned, moved.sender(), amount.negate(), moved.recipient(), balances);
            post(rows, reasoned, moved.recipient(), amount, moved.sender(), balances);
        }
        rows.write(copy);
    }

    private static void post(
            CopyRows rows,
            Reasoned reasoned,
            Address account,
            BigInteger amount,
            Address counterparty,
            Map<Sum, BigInteger> balances) {
        Movement moved = reasoned.movement();
        BigInteger balance = balances.merge(sum(moved, account), amount, BigInteger::add);
        rows.row()
                .bytes(account.bytes())
                .text(moved.assetClass())
                .numeric(moved.assetId())
                .numeric(amount)
                .numeric(balance)
                .bytes(counterparty.bytes())
                .text(reasoned.code().key())
                .bigint(moved.log().block())
                .integer(moved.log().index())
                .integer(moved.item())
                .bytes(moved.log().tx().bytes());
    }

    private static String[] classes(Map<Sum, BigInteger> net) {
        return net.keySet().stream().map(Sum::assetClass).toArray(String[]::new);
    }

    private static String[] ids(Map<Sum, BigInteger> net) {
        return net.keySet().stream().map(sum -> sum.assetId().toString()).toArray(String[]::new);
    }

    private static String[] amounts(Map<Sum, BigInteger> net) {
        return net.values().stream().map(BigInteger::toString).toArray(String[]::new);
    }

    private static BigInteger whole(BigDecimal number) {
        return number.toBigIntegerExact();
    }

    @Override
    public void revert(long fromBlock) {
        jdbc.sql(REVERSE).param("nobody", Address.ZERO.bytes()).param("from", fromBlock).update();
    }
}
