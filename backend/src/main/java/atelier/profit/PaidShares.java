package atelier.profit;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a payer gave everybody so far. What was added up once stays: each look adds what the blocks
 * since say, and begins anew when a reorg took the last of them away.
 */
final class PaidShares {

    /**
     * Points that somebody gave in the blocks after one and up to another, by who received them.
     */
    interface Gifts {
        Map<Address, TokenAmount> between(Address giver, long after, long upTo);
    }

    private record Block(long height, Hash32 hash) {

        static final Block NONE = new Block(-1, Hash32.ZERO);
    }

    private record Sum(Address payer, Block upTo, Map<Address, TokenAmount> paid) {

        Sum plus(Map<Address, TokenAmount> more, Block block) {
            if (more.isEmpty()) {
                return new Sum(payer, block, paid);
            }
            Map<Address, TokenAmount> all = new HashMap<>(paid);
            more.forEach((who, amount) -> all.merge(who, amount, TokenAmount::plus));
            return new Sum(payer, block, Collections.unmodifiableMap(all));
        }
    }

    private final JdbcClient jdbc;
    private final Gifts gifts;
    private @Nullable Sum sum;

    PaidShares(JdbcClient jdbc, Gifts gifts) {
        this.jdbc = jdbc;
        this.gifts = gifts;
    }

    /** By who received it. What a reorg changes while this is read, the next look puts right. */
    synchronized Map<Address, TokenAmount> by(Address payer) {
        Sum known = known(payer);
        Block tip = tip();
        sum = known.plus(gifts.between(payer, known.upTo().height(), tip.height()), tip);
        return sum.paid();
    }

    private Sum known(Address payer) {
        return Optional.ofNullable(sum)
                .filter(one -> one.payer().equals(payer))
                .filter(one -> isCanonical(one.upTo()))
                .orElse(new Sum(payer, Block.NONE, Map.of()));
    }

    private Block tip() {
        return jdbc.sql("SELECT height, hash FROM derived.cursor")
                .query((row, _) ->
                        new Block(row.getLong("height"), Hash32.of(row.getBytes("hash"))))
                .optional()
                .orElse(Block.NONE);
    }

    private boolean isCanonical(Block block) {
        return jdbc.sql(
                        """
                        SELECT EXISTS (SELECT FROM derived.block
                            WHERE canonical AND number = :height AND hash = :hash)
                        """)
                .param("height", block.height())
                .param("hash", block.hash().bytes())
                .query(Boolean.class)
                .single();
    }
}
