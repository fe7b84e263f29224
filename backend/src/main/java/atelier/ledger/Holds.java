package atelier.ledger;

import atelier.kernel.Address;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Points and supplies set apart for intents on their way. Whoever wants to hold locks the account's
 * row first, so that of two commands the second sees what the first left.
 */
@Component
class Holds {

    // One statement, so one view of both: the block that lowers a holding also ends its hold. The
    // account that holds something back is the one that signs for it.
    private static final String AVAILABLE =
            """
            select account.address, coalesce((
                select amount from derived.holding
                where holding.account = account.address and asset_class = 'points' and asset_id = 0), 0)
              - coalesce((
                select sum(held) from recorded.progress
                where signer = account.address and state in ('WAITING', 'SENT')), 0)
                as available
            from unnest(:accounts::bytea[]) as account (address)
            """;

    private static final String SUPPLIES =
            """
            select holding.asset_id, holding.amount - coalesce(held.amount, 0) as amount
            from derived.holding
            left join (
                select hold.supply, sum(hold.amount) as amount from recorded.progress
                join recorded.supply_hold hold on hold.intent = progress.id
                where progress.signer = :account and progress.state in ('WAITING', 'SENT')
                group by hold.supply) held on held.supply = holding.asset_id
            where holding.account = :account and holding.asset_class = 'supply'
            order by holding.asset_id
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Holds(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    TokenAmount available(Address account) {
        return Objects.requireNonNull(available(Set.of(account)).get(account));
    }

    private Map<Address, TokenAmount> available(Set<Address> accounts) {
        return amounts(jdbc.sql(AVAILABLE).param("accounts", bytes(accounts)));
    }

    /** What there is to hold for an intent; empty if it holds something already. */
    private Optional<TokenAmount> availableFor(IntentId intent, Address account) {
        String unlessHeld =
                "where not exists (select from recorded.progress where id = :intent and held is not"
                        + " null)";
        return Optional.ofNullable(
                amounts(
                                jdbc.sql(AVAILABLE + unlessHeld)
                                        .param("accounts", bytes(Set.of(account)))
                                        .param("intent", intent.hash().bytes()))
                        .get(account));
    }

    private static Map<Address, TokenAmount> amounts(JdbcClient.StatementSpec question) {
        Map<Address, TokenAmount> amounts = new HashMap<>();
        question.query(row -> {
            amounts.put(
                    Address.of(row.getBytes("address")),
                    new TokenAmount(row.getBigDecimal("available").toBigIntegerExact()));
        });
        return amounts;
    }

    /** Supplies that no intent on its way will use up, those there are any of. */
    Map<SupplyId, BigInteger> availableSupplies(Address account) {
        Map<SupplyId, BigInteger> available = new LinkedHashMap<>();
        jdbc.sql(SUPPLIES)
                .param("account", account.bytes())
                .query(row -> {
                    BigInteger amount = row.getBigDecimal("amount").toBigIntegerExact();
                    if (amount.signum() > 0) {
                        available.put(new SupplyId(row.getLong("asset_id")), amount);
                    }
                });
        return available;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void holdSupplies(IntentId intent, Address account, Map<SupplyId, BigInteger> supplies) {
        lock(account);
        supplies.forEach((supply, amount) ->
                jdbc.sql(
                                """
                                insert into recorded.supply_hold (intent, supply, amount, held)
                                values (:intent, :supply, :amount, :held)
                                on conflict do nothing
                                """)
                        .param("intent", intent.hash().bytes())
                        .param("supply", supply.number())
                        .param("amount", amount)
                        .param("held", clock.instant().atOffset(ZoneOffset.UTC))
                        .update());
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(IntentId intent, Address account, TokenAmount amount) {
        lock(account);
        Optional<TokenAmount> unheld = availableFor(intent, account);
        if (unheld.isEmpty()) {
            return;
        }
        requireCovered(amount, unheld.get());
        int held =
                jdbc.sql(
                                """
                                update recorded.progress set held = :amount
                                where id = :intent and signer = :account
                                """)
                        .param("amount", new BigDecimal(amount.units()))
                        .param("intent", intent.hash().bytes())
                        .param("account", account.bytes())
                        .update();
        if (held != 1) {
            throw new IllegalStateException("Not the account that signs is to hold points");
        }
    }

    /**
     * Sees that an account has so much left, under its lock: an intent that is submitted in the
     * caller's transaction may hold it.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void require(Address account, TokenAmount amount) {
        lock(account);
        requireCovered(amount, available(account));
    }

    private static void requireCovered(TokenAmount amount, TokenAmount available) {
        if (available.compareTo(amount) < 0) {
            throw Refused.conflict(
                    "points.insufficient", available, amount, amount.minus(available));
        }
    }

    /** Points that an account is to set apart. */
    record Wish(Address account, TokenAmount amount) {}

    /**
     * Which of these wishes can be granted, one after the other. Left out are those whose account
     * has not enough, and who would have to wait for another command on it.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public <T> List<T> coveredAtOnce(List<T> asked, Function<T, Wish> wish) {
        Set<Address> accounts =
                asked.stream().map(one -> wish.apply(one).account()).collect(Collectors.toSet());
        Map<Address, TokenAmount> left = available(lockAtOnce(accounts));
        List<T> granted = new ArrayList<>();
        for (T one : asked) {
            Wish wanted = wish.apply(one);
            TokenAmount available = left.get(wanted.account());
            if (available != null && available.compareTo(wanted.amount()) >= 0) {
                left.put(wanted.account(), available.minus(wanted.amount()));
                granted.add(one);
            }
        }
        return granted;
    }

    private static byte[][] bytes(Collection<Address> accounts) {
        return accounts.stream().map(Address::bytes).toArray(byte[][]::new);
    }

    /** Keeps every other command on this account waiting until the caller's transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(Address account) {
        if (!locked(account)) {
            begin(List.of(account));
            locked(account);
        }
    }

    /** Whether there is such an account; if so, it is locked. */
    private boolean locked(Address account) {
        return jdbc.sql("select address from recorded.account where address = :account for update")
                .param("account", account.bytes())
                .query(byte[].class)
                .optional()
                .isPresent();
    }

    /** Those of these accounts that nobody else has locked; they are locked now. */
    private Set<Address> lockAtOnce(Set<Address> accounts) {
        Set<Address> locked = new HashSet<>(lockFree(accounts));
        if (locked.size() < accounts.size()) {
            Set<Address> others = new TreeSet<>(accounts);
            others.removeAll(locked);
            begin(others);
            locked.addAll(lockFree(others));
        }
        return locked;
    }

    private Set<Address> lockFree(Set<Address> accounts) {
        return jdbc.sql(
                        """
                        select address from recorded.account where address = any (:accounts)
                        for update skip locked
                        """)
                .param("accounts", bytes(accounts))
                .query((row, _) -> Address.of(row.getBytes("address")))
                .set();
    }

    /** Makes rows for accounts that have none. Given in order, so that none waits in a circle. */
    private void begin(Collection<Address> accounts) {
        jdbc.sql(
                        """
                        insert into recorded.account (address)
                        select address from unnest(:accounts::bytea[]) as account (address)
                        on conflict do nothing
                        """)
                .param("accounts", bytes(accounts))
                .update();
    }
}
