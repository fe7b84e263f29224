package atelier.ledger;

import atelier.chain.Intent;
import atelier.chain.IntentRequest;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.SupplyId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Accounts and what they hold, as the mirror has it; holds and issues of points. */
@Component
public class Ledger {

    private final Holdings holdings;
    private final Statements statements;

    private final Holds holds;
    private final Issuance issuance;
    private final Issues issues;
    private final OwedWelcomes owed;
    private final Budget budget;
    private final Gifts gifts;
    private final AssetProofs proofs;
    private final Reconciler reconciler;

    Ledger(
            Holdings holdings,
            Statements statements,
            Holds holds,
            Issuance issuance,
            Issues issues,
            OwedWelcomes owed,
            Budget budget,
            Gifts gifts,
            AssetProofs proofs,
            Reconciler reconciler) {
        this.holdings = holdings;
        this.statements = statements;
        this.holds = holds;
        this.issuance = issuance;
        this.issues = issues;
        this.owed = owed;
        this.budget = budget;
        this.gifts = gifts;
        this.proofs = proofs;
        this.reconciler = reconciler;
    }

    /** Points at the mirrored block, holds included. */
    public TokenAmount pointsOf(Address account) {
        return new TokenAmount(holding(account, new Asset.Points()));
    }

    /** Points that no intent on its way will spend. */
    public TokenAmount availableOf(Address account) {
        return holds.available(account);
    }

    /** As {@link #availableOf(Address)}, of several accounts. */
    public Map<Address, TokenAmount> availableOf(Set<Address> accounts) {
        return holds.available(accounts);
    }

    /**
     * Sees that an account has so many points left, in a transaction that then submits an intent
     * which holds them. They are free again once the intent is in a block or has failed.
     *
     * @throws Refused {@code points.insufficient} with what is available, wanted and missing
     */
    public void require(Address account, TokenAmount amount) {
        holds.require(account, amount);
    }

    /**
     * Those of these requests whose signers have the points that they are to hold; they are to be
     * submitted in the caller's transaction. Left out is also whom another command keeps waiting.
     */
    public List<IntentRequest> covered(List<IntentRequest> requests) {
        return holds.coveredAtOnce(requests);
    }

    /**
     * Sets supplies apart that intents will use up out of what their signers hold, in the
     * transaction that submits them and for as long as a hold of points lasts. What is available is
     * to be read under {@link #lock}.
     */
    public void holdSupplies(Map<IntentId, Map<SupplyId, BigInteger>> supplies) {
        holds.holdSupplies(supplies);
    }

    /**
     * Keeps every other command that holds something of this account waiting until the caller's
     * transaction ends: what is read as available after it is promised to nobody else.
     */
    public void lock(Address account) {
        holds.lock(account);
    }

    /** As {@link #lock}, those of these accounts that no other command has locked. */
    public Set<Address> lockAtOnce(Set<Address> accounts) {
        return holds.lockAtOnce(accounts);
    }

    /** What an account holds at the mirrored block. */
    public BigInteger holding(Address account, Asset asset) {
        return holdings.of(account, asset);
    }

    /** What an account held after a past block. */
    public BigInteger holdingAt(Address account, Asset asset, long block) {
        return holdings.at(account, asset, block);
    }

    /** Points after a past block. */
    public TokenAmount pointsAt(Address account, long block) {
        return new TokenAmount(holdingAt(account, new Asset.Points(), block));
    }

    /** As {@link #holdings}, after a past block. */
    public List<Holding> holdingsAt(long block, @Nullable Holding after, int limit) {
        return holdings.allAt(block, after, limit);
    }

    /** Works it owned after a past block, by token id. */
    public List<WorkId> worksAt(Address account, long block) {
        return holdings.worksAt(account, block);
    }

    /** Materials in pieces and tools in uses, those it holds any of. */
    public Map<SupplyId, BigInteger> suppliesOf(Address account) {
        return holdings.suppliesOf(account);
    }

    /** As {@link #suppliesOf}, less what intents on their way will use up. */
    public Map<SupplyId, BigInteger> availableSuppliesOf(Address account) {
        return availableSuppliesOf(Set.of(account)).getOrDefault(account, Map.of());
    }

    /** As {@link #availableSuppliesOf(Address)}, of several accounts; who has none is left out. */
    public Map<Address, Map<SupplyId, BigInteger>> availableSuppliesOf(Set<Address> accounts) {
        return holds.availableSupplies(accounts);
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

    /**
     * Points that an account, such as a contract's, gave in the blocks after one and up to another,
     * by who received them.
     */
    public Map<Address, TokenAmount> givenBy(Address account, long after, long upTo) {
        return statements.given(account, after, upTo);
    }

    /** Whether a member's welcome waits until the rules say how many points it is. */
    public boolean owesWelcome(MemberId member) {
        return owed.isOwed(member);
    }

    /** Why points were issued to an account, the newest first. */
    public List<Issue> issuesTo(Address account) {
        return issues.to(account);
    }

    /** Why points were issued to an account in these transactions. */
    public Map<Hash32, Issue> issuesIn(Collection<Hash32> transactions, Address account) {
        return issues.in(transactions, account);
    }

    /** What admins granted, the newest first. */
    public List<Issue> grants(int limit) {
        return issues.grants(limit);
    }

    /** Points that may still be granted in this epoch. */
    public TokenAmount budgetLeft() {
        return budget.left();
    }

    /**
     * Issues points to a member, by an admin, once for a key.
     *
     * @throws Refused {@code points.over-budget} with what is left, or what else is wrong with it
     */
    public Intent grant(
            MemberId admin, MemberId to, TokenAmount amount, String reason, IdempotencyKey key) {
        return issuance.grant(admin, to, amount, reason, key);
    }

    /**
     * Sends a member's own points to another member, once for a key.
     *
     * @throws Refused {@code points.insufficient}, or what else is wrong with it
     */
    public Intent give(MemberId from, MemberId to, TokenAmount amount, IdempotencyKey key) {
        return gifts.give(from, to, amount, key);
    }

    /** Supply against holdings of every asset: points first, then supplies, then works. */
    public List<AssetProof> supplies() {
        return proofs.all();
    }

    /** What the newest samples of the contracts' own balances said. */
    public Reconciliation reconciliation() {
        return reconciler.latest();
    }

    /**
     * Compares every holding with the contracts' own balances now; minutes in a large community.
     */
    public Reconciliation compareAll() {
        return reconciler.compareAll();
    }
}
