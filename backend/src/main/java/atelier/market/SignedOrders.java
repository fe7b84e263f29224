package atelier.market;

import atelier.kernel.Address;
import atelier.kernel.BasisPoints;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.rules.Rulebook;
import atelier.vault.Signature;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The recorded orders, each with the state that the mirrored chain gives it at a moment. */
@Repository
class SignedOrders {

    // One expression for every reader, so that no two pages can disagree about an order. A sale
    // moves
    // its work: where that is as it was signed for, no sale needs to be looked for.
    private static final String STATED =
            """
            select o.*, case
                when p.transfer_nonce is distinct from o.transfer_nonce
                  or p.owner is distinct from o.maker
                  or o.counter <> coalesce((
                    select max(k.counter) from derived.order_counter k
                    where k.maker = o.maker), 0)
                then case
                    when (select true from derived.sale s where s.order_hash = o.order_hash)
                      then 'SOLD'
                    when (select true from derived.order_cancellation c
                          where c.order_hash = o.order_hash) then 'CANCELLED'
                    else 'STALE' end
                when (select true from derived.order_cancellation c
                      where c.order_hash = o.order_hash) then 'CANCELLED'
                when o.expires_at < :now then 'EXPIRED'
                when o.withdrawn_at is not null then 'CANCELLING'
                when not :salesAllowed then 'CLOSED'
                when o.price > :ceiling then 'ABOVE_CEILING'
                when o.price - div(o.price * :tradingFee, 10000)
                   - case when o.creator = o.maker then 0
                          else div(o.price * :creatorRoyalty, 10000) end
                   - div(o.price * :authorRoyalty, 10000) < o.min_net then 'FEES_ROSE'
                when :holding > 0 and (
                    select b.mined_at from derived.block b
                    where b.number = p.block_number and b.canonical)
                    + :holding * interval '1 second' > :now then 'HELD'
                else 'OPEN' end as state
            from recorded.signed_order o
            left join lateral (
                select p.owner, p.transfer_nonce, p.block_number
                from derived.work_position p
                where p.token_id = o.token_id order by p.transfer_nonce desc limit 1) p on true
            where o.chain_id = :chainId and o.contract = :contract
            """;

    private static final String INSERT =
            """
            insert into recorded.signed_order (
                order_hash, chain_id, contract, maker_id, maker, token_id, price, min_net,
                transfer_nonce, counter, expires_at, taker, salt, signature, recipe, creator, words,
                slack, idempotency_key, request_hash, created_at, replaces, replaced_because)
            values (:hash, :chainId, :contract, :makerId, :maker, :work, :price, :minNet,
                :transferNonce, :counter, :expiresAt, :taker, :salt, :signature, :recipe, :creator,
                :words, :slack, :key, :requestHash, :createdAt, :replaces, :because)
            """;

    private final JdbcClient jdbc;

    SignedOrders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Serialises everything that changes a work's offers, until the transaction ends. */
    void lock(WorkId work) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", "market:" + work)
                .query((row, _) -> 0)
                .single();
    }

    /** Those of these orders whose works nobody else is changing the offers of; nor will they. */
    Set<Hash32> lockAtOnce(Collection<Hash32> hashes) {
        return jdbc.sql(
                        """
                        with wanted as materialized (
                            select order_hash, token_id from recorded.signed_order
                            where order_hash = any (:hashes))
                        select order_hash from wanted
                        where pg_try_advisory_xact_lock(hashtextextended('market:' || token_id, 0))
                        """)
                .param("hashes", bytes(hashes))
                .query((row, _) -> Hash32.of(row.getBytes("order_hash")))
                .set();
    }

    void add(NewOrder added, Moment moment) {
        Order order = added.order();
        jdbc.sql(INSERT)
                .param("hash", added.hash().bytes())
                .param("chainId", moment.chainId())
                .param("contract", moment.contract().bytes())
                .param("makerId", added.makerId().id())
                .param("maker", order.maker().bytes())
                .param("work", order.work().tokenId())
                .param("price", order.price().units())
                .param("minNet", order.minNet().units())
                .param("transferNonce", order.transferNonce())
                .param("counter", order.counter())
                .param("expiresAt", at(order.expiry()))
                .param("taker", order.taker().bytes())
                .param("salt", order.salt().bytes())
                .param("signature", added.signature().rsv())
                .param("recipe", order.work().recipe().number())
                .param("creator", order.work().creator().bytes())
                .param("words", added.words())
                .param("slack", added.slack().value())
                .param("key", added.key().value())
                .param("requestHash", added.requestHash().bytes())
                .param("createdAt", at(added.created()))
                .param("replaces", bytes(added.replaces()))
                .param("because", added.because())
                .update();
    }

    /** Takes an order off the market; no one finds it from here on. */
    void withdraw(Hash32 hash, String because, @Nullable IntentId cancelIntent, Instant now) {
        jdbc.sql(
                        """
                        update recorded.signed_order
                        set withdrawn_at = coalesce(withdrawn_at, :now),
                            withdrawn_because = coalesce(withdrawn_because, :because),
                            cancel_intent = coalesce(:intent, cancel_intent)
                        where order_hash = :hash
                        """)
                .param("now", at(now))
                .param("because", because)
                .param("intent", cancelIntent == null ? null : cancelIntent.hash().bytes())
                .param("hash", hash.bytes())
                .update();
    }

    Optional<SignedOrder> find(Hash32 hash, Moment moment) {
        return stated(" and o.order_hash = :hash", moment)
                .param("hash", hash.bytes())
                .query(SignedOrders::row)
                .optional();
    }

    List<SignedOrder> find(Collection<Hash32> hashes, Moment moment) {
        return stated(" and o.order_hash = any (:hashes)", moment)
                .param("hashes", bytes(hashes))
                .query(SignedOrders::row)
                .list();
    }

    /** A member's order for a work as it stands now, if they have one that is not withdrawn. */
    Optional<SignedOrder> standing(WorkId work, MemberId maker, Moment moment) {
        return stated(
                        """
                         and o.token_id = :work and o.maker_id = :makerId
                         and o.withdrawn_at is null
                         and o.transfer_nonce = p.transfer_nonce
                         and o.counter = coalesce((
                            select max(k.counter) from derived.order_counter k
                            where k.maker = o.maker), 0)
                        """,
                        moment)
                .param("work", work.tokenId())
                .param("makerId", maker.id())
                .query(SignedOrders::row)
                .optional();
    }

    /** What a work can be bought under now. */
    Optional<SignedOrder> open(WorkId work, Moment moment) {
        return open(List.of(work), moment).stream().findFirst();
    }

    /** What these works can be bought under now. */
    List<SignedOrder> open(Collection<WorkId> works, Moment moment) {
        if (works.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("select o.* " + open(" and o.token_id = any (cast(:works as numeric[]))"))
                .params(moment(moment))
                .param(
                        "works",
                        works.stream()
                                .map(work -> work.tokenId().toString())
                                .toArray(String[]::new))
                .query(SignedOrders::row)
                .list();
    }

    /** Orders of a maker that are not withdrawn and may still be filled, newest first. */
    List<SignedOrder> standing(Address maker, Moment moment) {
        return stated(
                        """
                         and o.maker = :maker and o.withdrawn_at is null and not o.ended
                        order by o.number desc
                        """,
                        moment)
                .param("maker", maker.bytes())
                .query(SignedOrders::row)
                .list();
    }

    /** The newest orders of a maker that are not withdrawn, however they stand. */
    List<SignedOrder> newest(Address maker, int limit, Moment moment) {
        return stated(
                        """
                         and o.maker = :maker and o.withdrawn_at is null
                        order by o.number desc limit :limit
                        """,
                        moment)
                .param("maker", maker.bytes())
                .param("limit", limit)
                .query(SignedOrders::row)
                .list();
    }

    /** The newest order of a work that its owner withdrew and no block confirms yet. */
    Optional<SignedOrder> cancelling(WorkId work, Moment moment) {
        return jdbc.sql(
                        "select * from ("
                                + STATED
                                + " and o.token_id = :work) o where o.state = 'CANCELLING'"
                                + " order by o.number desc limit 1")
                .params(moment(moment))
                .param("work", work.tokenId())
                .query(SignedOrders::row)
                .optional();
    }

    /** What an earlier request with this key made, with that request's hash. */
    Optional<Made> madeBy(MemberId maker, IdempotencyKey key) {
        return jdbc.sql(
                        """
                        select order_hash, request_hash from recorded.signed_order
                        where maker_id = :maker and idempotency_key = :key
                        """)
                .param("maker", maker.id())
                .param("key", key.value())
                .query((row, _) ->
                        new Made(
                                Hash32.of(row.getBytes("order_hash")),
                                Hash32.of(row.getBytes("request_hash"))))
                .optional();
    }

    /** Orders by their number, from after the given one. */
    List<SignedOrder> after(long number, int limit, Moment moment) {
        return stated(" and o.number > :number order by o.number limit :limit", moment)
                .param("number", number)
                .param("limit", limit)
                .query(SignedOrders::row)
                .list();
    }

    private StatementSpec stated(String rest, Moment moment) {
        return jdbc.sql(STATED + rest).params(moment(moment));
    }

    /** The orders that anyone may buy under, as a subquery named {@code o}. */
    static String open(String conditions) {
        // A truth value of its own: of an equation PostgreSQL would expect one row in two hundred,
        // and rather sort everything than walk along an index until a page is full.
        return "from ("
                + STATED
                + " and o.withdrawn_at is null and not o.ended "
                + conditions
                + ") o where case o.state when 'OPEN' then true else false end ";
    }

    static Map<String, Object> moment(Moment moment) {
        Rulebook rules = moment.rules();
        return Map.of(
                "chainId", moment.chainId(),
                "contract", moment.contract().bytes(),
                "now", at(moment.now()),
                "salesAllowed", moment.salesAllowed(),
                "tradingFee", rules.tradingFee().value(),
                "creatorRoyalty", rules.creatorRoyalty().value(),
                "authorRoyalty", rules.authorRoyalty().value(),
                "ceiling", rules.settleCeiling().units(),
                "holding", rules.holdingPeriod().toSeconds());
    }

    static SignedOrder row(ResultSet row, int number) throws SQLException {
        return new SignedOrder(
                Hash32.of(row.getBytes("order_hash")),
                row.getLong("number"),
                new MemberId(row.getObject("maker_id", UUID.class)),
                order(row),
                new Signature(row.getBytes("signature")),
                new BasisPoints(row.getInt("slack")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                hash(row.getBytes("replaces")),
                intent(row.getBytes("cancel_intent")),
                ListingState.valueOf(row.getString("state")));
    }

    private static Order order(ResultSet row) throws SQLException {
        return new Order(
                Address.of(row.getBytes("maker")),
                new WorkId(row.getBigDecimal("token_id").toBigIntegerExact()),
                new TokenAmount(row.getBigDecimal("price").toBigIntegerExact()),
                new TokenAmount(row.getBigDecimal("min_net").toBigIntegerExact()),
                row.getLong("transfer_nonce"),
                row.getLong("counter"),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                Address.of(row.getBytes("taker")),
                Hash32.of(row.getBytes("salt")));
    }

    private static @Nullable Hash32 hash(byte @Nullable [] bytes) {
        return bytes == null ? null : Hash32.of(bytes);
    }

    private static @Nullable IntentId intent(byte @Nullable [] bytes) {
        return bytes == null ? null : new IntentId(Hash32.of(bytes));
    }

    private static byte[][] bytes(Collection<Hash32> hashes) {
        return hashes.stream().map(Hash32::bytes).toArray(byte[][]::new);
    }

    private static byte @Nullable [] bytes(@Nullable Hash32 hash) {
        return hash == null ? null : hash.bytes();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** An order about to be recorded. */
    record NewOrder(
            Hash32 hash,
            MemberId makerId,
            Order order,
            Signature signature,
            String words,
            BasisPoints slack,
            IdempotencyKey key,
            Hash32 requestHash,
            Instant created,
            @Nullable Hash32 replaces,
            @Nullable String because) {}

    /** An order and the hash of the request that made it. */
    record Made(Hash32 order, Hash32 requestHash) {}
}
