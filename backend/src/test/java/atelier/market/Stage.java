package atelier.market;

import atelier.kernel.Address;
import atelier.kernel.BasisPoints;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.MemberId;
import atelier.kernel.RecipeId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.market.SignedOrders.NewOrder;
import atelier.rules.Rule;
import atelier.rules.Rulebook;
import atelier.testing.MirroredLogs;
import atelier.vault.Signature;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.web3j.crypto.Hash;

/** A mirrored chain on which works are made, sold and given, and orders lie in the database. */
final class Stage {

    static final Instant NOW = MirroredLogs.GENESIS.plus(Duration.ofDays(1));

    private static final Address MARKET = account("market");

    final MirroredLogs chain = new MirroredLogs();
    final MarketProjection projection =
            new MarketProjection(chain.jdbc(), new JdbcTemplate(chain.database()));
    final SignedOrders orders = new SignedOrders(chain.jdbc());
    final ListingSearch search = new ListingSearch(chain.database());
    final Endings endings = new Endings(chain.jdbc(), () -> this.now);
    final Sales sales = new Sales(chain.jdbc());
    final Positions positions = new Positions(chain.jdbc());

    private final Map<Rule, BigInteger> rules = new EnumMap<>(Rule.class);
    private Instant now = NOW;
    private BasisPoints slack = new BasisPoints(0);
    private int salts;

    Stage() {
        for (Rule rule : Rule.values()) {
            rules.put(rule, BigInteger.ZERO);
        }
        rule(Rule.TRADING_FEE, 500);
        rule(Rule.CREATOR_ROYALTY, 800);
        rule(Rule.AUTHOR_ROYALTY, 300);
        rule(Rule.TRADE_MODE, 3);
        rule(Rule.SETTLE_CEILING, 100_000_000);
    }

    /** The same letters always name the same account. */
    static Address account(String name) {
        return Address.of(
                Arrays.copyOf(Hash.sha3(name.getBytes(StandardCharsets.UTF_8)), Address.LENGTH));
    }

    static MemberId member(String name) {
        return new MemberId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    static WorkId work(String creator, long serial) {
        return WorkId.of(new RecipeId(1 + serial % 2), account(creator), serial);
    }

    void rule(Rule rule, long value) {
        rules.put(rule, BigInteger.valueOf(value));
    }

    /** From here on sellers let later fees take so much of the price from their part. */
    void slack(int basisPoints) {
        slack = new BasisPoints(basisPoints);
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    Moment moment() {
        return new Moment(31337, MARKET, now, new Rulebook(1, 1, rules));
    }

    void mint(WorkId work) {
        move(work, Address.ZERO, work.creator());
    }

    void move(WorkId work, Address from, Address to) {
        chain.block()
                .transaction()
                .log(
                        "Works",
                        "Transfer(address,address,uint256)",
                        List.of(from, to, work.tokenId()));
        project();
    }

    void sell(SignedOrder order, String buyer) {
        Order sold = order.order();
        chain.block()
                .transaction()
                .log(
                        "Works",
                        "Transfer(address,address,uint256)",
                        List.of(sold.maker(), account(buyer), sold.work().tokenId()))
                .log(
                        "Market",
                        "Sold(bytes32,uint256,address,address,uint256,uint256,address,uint256,"
                                + "address,uint256,uint256)",
                        List.of(order.hash(), sold.work().tokenId(), account(buyer)),
                        sold.maker(),
                        sold.price().units(),
                        sold.minNet().units(),
                        sold.work().creator(),
                        1,
                        account("author"),
                        2,
                        3);
        project();
    }

    void cancel(SignedOrder order) {
        chain.block()
                .transaction()
                .log(
                        "Market",
                        "Cancelled(bytes32,address)",
                        List.of(order.hash(), order.order().maker()));
        project();
    }

    void cancelAll(String maker, long counter) {
        chain.block()
                .transaction()
                .log("Market", "CancelledAll(address,uint64)", List.of(account(maker)), counter);
        project();
    }

    /** Takes back the newest blocks down to this one. */
    void reorg(long from) {
        chain.orphan(from);
        projection.revert(from);
    }

    SignedOrder list(String maker, WorkId work, long price) {
        return list(maker, work, price, "work " + work.serial() + " by " + maker);
    }

    SignedOrder list(String maker, WorkId work, long price, String words) {
        Position position = positions.of(work).orElseThrow();
        Address account = account(maker);
        Split split =
                Split.of(
                        TokenAmount.ofUnits(price),
                        account,
                        work.creator(),
                        account("author"),
                        moment().rules());
        Order order =
                new Order(
                        account,
                        work,
                        TokenAmount.ofUnits(price),
                        split.sellerPaid().minus(slack.of(TokenAmount.ofUnits(price))),
                        position.transferNonce(),
                        positions.counterOf(account),
                        now.plus(Duration.ofDays(30)),
                        Address.ZERO,
                        salt());
        Hash32 hash = Hash32.of(Hash.sha3(order.salt().bytes()));
        orders.add(
                new NewOrder(
                        hash,
                        member(maker),
                        order,
                        new Signature(new byte[Signature.LENGTH]),
                        words,
                        slack,
                        new IdempotencyKey("key " + salts),
                        hash,
                        now,
                        null,
                        null),
                moment());
        return find(hash);
    }

    /** So many more works of Theo's, each offered for 500. */
    void multiply(int works) {
        chain.jdbc()
                .sql(
                        """
                        with made as (
                            insert into derived.work_position
                            select 1000000 + n, 0, :maker, 1 from generate_series(1, :works) n
                            returning token_id)
                        insert into recorded.signed_order (order_hash, chain_id, contract, maker_id,
                            maker, token_id, price, min_net, transfer_nonce, counter, expires_at,
                            taker, salt, signature, recipe, creator, words, slack, idempotency_key,
                            request_hash, created_at)
                        select sha256(made.token_id::text::bytea), chain_id, contract, maker_id,
                            maker, made.token_id, 500, 1, 0, 0, expires_at, taker, salt, signature,
                            recipe, creator, 'copy', slack, made.token_id::text, request_hash,
                            created_at
                        from recorded.signed_order, made where maker = :maker and price = 200
                        """)
                .param("maker", account("theo").bytes())
                .param("works", works)
                .update();
    }

    SignedOrder find(Hash32 hash) {
        return orders.find(hash, moment()).orElseThrow();
    }

    ListingState state(SignedOrder order) {
        return find(order.hash()).state();
    }

    private Hash32 salt() {
        return Hash32.of(Hash.sha3(("salt " + ++salts).getBytes(StandardCharsets.UTF_8)));
    }

    private void project() {
        projection.apply(chain.logs(chain.height(), chain.height()));
    }
}
