package atelier.profit;

import atelier.chain.Call;
import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.chain.Intents;
import atelier.chain.Topics;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import atelier.rules.Rule;
import atelier.rules.Rules;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The door to what the treasury pays: within the epoch's budget, with a receipt that everybody can
 * see. A payment is the admin's own signed request; the contract checks right and budget once more.
 */
@Service
public class Costs {

    private static final Duration PATIENCE = Duration.ofDays(1);
    private static final int LONGEST_TEXT = 200;

    private static final String SELECT =
            """
            SELECT derived.topic_uint(topic1) AS epoch, derived.topic_uint(topic2) AS kind,
                derived.topic_addr(topic3) AS payee, derived.uint(data, 0) AS amount,
                derived.text_at(data, 1) AS text, derived.bytes32(data, 2) AS receipt,
                b.mined_at, tx_hash
            FROM derived.log l JOIN derived.block b ON b.hash = l.block_hash
            WHERE l.canonical AND contract = 'Treasury' AND topic0 = :paid
            """;

    /**
     * A cost to be paid.
     *
     * @param text what for, as everybody will read it
     */
    public record Wish(CostKind kind, MemberId to, TokenAmount amount, String text) {}

    /** What an epoch may cost, and what is left of it. */
    public record Budget(TokenAmount most, TokenAmount left) {}

    private final JdbcClient jdbc;
    private final Epochs epochs;
    private final Rules rules;
    private final Members members;
    private final CostReceipts receipts;
    private final ProfitCalls calls;
    private final Intents intents;
    private final Clock clock;

    Costs(
            JdbcClient jdbc,
            Epochs epochs,
            Rules rules,
            Members members,
            CostReceipts receipts,
            ProfitCalls calls,
            Intents intents,
            Clock clock) {
        this.jdbc = jdbc;
        this.epochs = epochs;
        this.rules = rules;
        this.members = members;
        this.receipts = receipts;
        this.calls = calls;
        this.intents = intents;
        this.clock = clock;
    }

    /**
     * Pays a cost, once for a key.
     *
     * @throws Refused {@code cost.amount}, {@code cost.text}, {@code cost.over-budget} with what is
     *     left, {@code member.unknown}, or what is wrong with the receipt
     */
    @Transactional
    public Intent pay(MemberId admin, Wish wish, InputStream receipt, IdempotencyKey key) {
        check(wish);
        Address payee = account(wish.to());
        Hash32 proof = receipts.keep(receipt, admin);
        Hash32 request = IntentRequest.hashOf("profit.cost", wish, proof);
        return intents.replay(admin, key, request)
                .orElseGet(() -> {
                    requireBudget(wish.amount());
                    Call call = calls.payCost(account(admin), wish, payee, proof);
                    intents.simulate(call);
                    return intents.submit(
                            new IntentRequest(
                                    admin,
                                    "profit.cost",
                                    admin + "/" + key.value(),
                                    call,
                                    key,
                                    request,
                                    clock.instant().plus(PATIENCE),
                                    "/admin/profit"));
                });
    }

    /** What the epoch at hand may still cost; nothing where no rules are known. */
    public Optional<Budget> budget() {
        return epochs.newest()
                .flatMap(now ->
                        rules.read()
                                .map(book -> {
                                    TokenAmount most =
                                            new TokenAmount(book.value(Rule.COST_BUDGET));
                                    TokenAmount paid =
                                            isOver(now.epoch())
                                                    ? TokenAmount.ZERO
                                                    : of(now.epoch().number()).stream()
                                                            .map(Cost::amount)
                                                            .reduce(
                                                                    TokenAmount.ZERO,
                                                                    TokenAmount::plus);
                                    TokenAmount left = most.minus(paid);
                                    return new Budget(
                                            most, left.signum() < 0 ? TokenAmount.ZERO : left);
                                }));
    }

    /** An epoch's costs, oldest first. */
    public List<Cost> of(long epoch) {
        return jdbc.sql(
                        SELECT
                                + "AND derived.topic_uint(topic1) = :epoch"
                                + " ORDER BY l.block_number, log_index")
                .param("paid", Topics.COST_PAID.bytes())
                .param("epoch", epoch)
                .query(Costs::cost)
                .list();
    }

    /** The newest costs first. */
    public List<Cost> newest(int limit) {
        return jdbc.sql(SELECT + "ORDER BY l.block_number DESC, log_index DESC LIMIT :limit")
                .param("paid", Topics.COST_PAID.bytes())
                .param("limit", limit)
                .query(Costs::cost)
                .list();
    }

    /** Whoever pays next opens the epoch that follows, and that has its whole budget. */
    private boolean isOver(Epoch epoch) {
        return !clock.instant().isBefore(Instant.ofEpochSecond(epoch.end()));
    }

    private static void check(Wish wish) {
        if (wish.amount().signum() <= 0 || wish.amount().units().bitLength() > 63) {
            throw Refused.invalid("cost.amount");
        }
        if (wish.text().isBlank() || wish.text().length() > LONGEST_TEXT) {
            throw Refused.invalid("cost.text", LONGEST_TEXT);
        }
    }

    private void requireBudget(TokenAmount wanted) {
        budget().map(Budget::left)
                .filter(left -> wanted.compareTo(left) > 0)
                .ifPresent(left -> {
                    throw Refused.conflict("cost.over-budget", left);
                });
    }

    private Address account(MemberId member) {
        return members.find(member)
                .map(Member::account)
                .orElseThrow(() -> Refused.notFound("member.unknown"));
    }

    private static Cost cost(ResultSet row, int number) throws SQLException {
        return new Cost(
                row.getLong("epoch"),
                CostKind.of(row.getInt("kind")),
                Address.of(row.getBytes("payee")),
                new TokenAmount(row.getBigDecimal("amount").toBigIntegerExact()),
                Optional.ofNullable(row.getString("text")).orElse(""),
                Hash32.of(row.getBytes("receipt")),
                row.getObject("mined_at", OffsetDateTime.class).toInstant(),
                Hash32.of(row.getBytes("tx_hash")));
    }
}
