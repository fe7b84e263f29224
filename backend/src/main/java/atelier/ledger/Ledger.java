package atelier.ledger;

import atelier.kernel.Address;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Accounts and what they hold, as the mirror has it; holds and issues of points. */
@Component
public class Ledger {

    private final Holdings holdings;
    private final Statements statements;

    Ledger(Holdings holdings, Statements statements) {
        this.holdings = holdings;
        this.statements = statements;
    }

    /** Points at the mirrored block, holds included. */
    public TokenAmount pointsOf(Address account) {
        return new TokenAmount(holding(account, new Asset.Points()));
    }

    /** What an account holds at the mirrored block. */
    public BigInteger holding(Address account, Asset asset) {
        return holdings.of(account, asset);
    }

    /** What an account held after a past block. */
    public BigInteger holdingAt(Address account, Asset asset, long block) {
        return holdings.at(account, asset, block);
    }

    /** Materials in pieces and tools in uses, those it holds any of. */
    public Map<SupplyId, BigInteger> suppliesOf(Address account) {
        return holdings.suppliesOf(account);
    }

    /** Works it owns, by token id. */
    public List<WorkId> worksOf(Address account) {
        return holdings.worksOf(account);
    }

    /** Who owns a work; nothing if it was never made. */
    public Optional<Address> ownerOf(WorkId work) {
        return holdings.ownerOf(work);
    }

    /** Everything held by anyone, by account and asset, going on after the last of a page. */
    public List<Holding> holdings(@Nullable Holding after, int limit) {
        return holdings.all(after, limit);
    }

    /** Postings of points, newest first, from before a place on; {@link Place#END} to start. */
    public List<Posting> statement(Address account, Place before, int limit) {
        return statements.before(account, new Asset.Points(), before, limit);
    }
}
