package atelier.ledger;

import atelier.chain.Call;
import atelier.chain.IntentRequest;
import atelier.kernel.Address;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
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
import java.util.Set;
import java.util.TreeSet;
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
            select holding.account, holding.asset_id,
                holding.amount - coalesce(held.amount, 0) as amount
            from derived.holding
            left join (
                select progress.signer as account, hold.supply as asset_id,
                    sum(hold.amount) as amount
                from recorded.progress
                join recorded.supply_hold hold on hold.intent = progress.id
                where progress.signer = any (:accounts) and progress.state in ('WAITING', 'SENT')
                group by progress.signer, hold.supply) held using (account, asset_id)
            where holding.account = any (:accounts) and holding.asset_class = 'supply'
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

    /** What each of these accounts has left. */
    Map<Address, TokenAmount> available(Set<Address> accounts) {
        Map<Address, TokenAmount> amounts = new HashMap<>();
        jdbc.sql(AVAILABLE)
                .param("accounts", bytes(accounts))
                .query(row -> {
                    amounts.put(
                            Address.of(row.getBytes("address")),
                            new TokenAmount(row.getBigDecimal("available").toBigIntegerExact()));
                });
        return amounts;
    }

    /** Supplies that no intent on its way will use up, by account, those there are any of. */
    Map<Address, Map<SupplyId, BigInteger>> availableSupplies(Set<Address> accounts) {
        Map<Address, Map<SupplyId, BigInteger>> available = new HashMap<>();
        jdbc.sql(SUPPLIES)
                .param("accounts", bytes(accounts))
                .query(row -> {
                    BigInteger amount = row.getBigDecimal("amount").toBigIntegerExact();
                    if (amount.signum() > 0) {
                        available
                                .computeIfAbsent(
                                        Address.of(row.getBytes("account")),
                                        _ -> new LinkedHashMap<>())
                                .put(new SupplyId(row.getLong("asset_id")), amount);
                    }
                });
        return available;
    }

    /** A supply that an intent will use up, and how much of it. */
    private record Used(IntentId intent, SupplyId supply, BigInteger amount) {}

    @Transactional(propagation = Propagation.MANDATORY)
    public void holdSupplies(Map<IntentId, Map<SupplyId, BigInteger>> supplies) {
        List<Used> used = new ArrayList<>();
        supplies.forEach((intent, held) ->
                held.forEach((supply, amount) -> used.add(new Used(intent, supply, amount))));
        if (used.isEmpty()) {
            return;
        }
        jdbc.sql(
                        """
                        insert into recorded.supply_hold (intent, supply, amount, held)
                        select intent, supply, amount, :held
                        from unnest(:intents::bytea[], :supplies::bigint[],
                            :amounts::text[]::numeric[]) as used (intent, supply, amount)
                        on conflict do nothing
                        """)
                .param(
                        "intents",
                        used.stream()
                                .map(one -> one.intent().hash().bytes())
                                .toArray(byte[][]::new))
                .param(
                        "supplies",
                        used.stream().map(one -> one.supply().number()).toArray(Long[]::new))
                .param(
                        "amounts",
                        used.stream().map(one -> one.amount().toString()).toArray(String[]::new))
                .param("held", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * Sees that an account has so much left, under its lock: an intent that is submitted in the
     * caller's transaction may hold it.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void require(Address account, TokenAmount amount) {
        lock(account);
        TokenAmount available = available(account);
        if (available.compareTo(amount) < 0) {
            throw Refused.conflict(
                    "points.insufficient", available, amount, amount.minus(available));
        }
    }

    /**
     * Which of these requests may hold what they name, one after the other. Left out are those
     * whose signer has not enough, and who would have to wait for another command on the account.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<IntentRequest> coveredAtOnce(List<IntentRequest> asked) {
        Set<Address> signers = asked.stream().map(Holds::signer).collect(Collectors.toSet());
        Map<Address, TokenAmount> left = available(lockAtOnce(signers));
        List<IntentRequest> covered = new ArrayList<>();
        for (IntentRequest one : asked) {
            TokenAmount available = left.get(signer(one));
            TokenAmount held = Objects.requireNonNull(one.held());
            if (available != null && available.compareTo(held) >= 0) {
                left.put(signer(one), available.minus(held));
                covered.add(one);
            }
        }
        return covered;
    }

    private static Address signer(IntentRequest request) {
        return ((Call.Forward) request.call()).signer();
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
    @Transactional(propagation = Propagation.MANDATORY)
    public Set<Address> lockAtOnce(Set<Address> accounts) {
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
