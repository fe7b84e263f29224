package atelier.chain;

import atelier.chain.FakeChain.Block;
import atelier.kernel.Address;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import atelier.kernel.TokenAmount;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/** The members of a simulated community: what they wish for, here or elsewhere, and remember. */
final class SimulatedMembers {

    /** A member's wish, as they remember it. */
    record Wish(IntentId id, Call call, Address from, long amount, Instant deadline) {}

    private static final int MEMBERS = 5;

    private final MemoryStore store;
    private final FakeChain chain;
    private final Clock clock;
    private final Map<IntentId, Wish> accepted = new LinkedHashMap<>();
    private final List<Wish> wished = new ArrayList<>();
    private final Set<IntentId> known = new HashSet<>();
    private Set<IntentId> backedUp = Set.of();
    private boolean wasThere;

    SimulatedMembers(MemoryStore store, FakeChain chain, Clock clock) {
        this.store = store;
        this.chain = chain;
        this.clock = clock;
    }

    static Address any(SplittableRandom random) {
        return SimulatedProcess.account(random.nextInt(MEMBERS));
    }

    Wish transfer(SplittableRandom random) {
        Address from = any(random);
        long available = Math.max(0, store.available(from));
        long amount = 1 + random.nextLong(1 + available * 5 / 4);
        byte[] data = FakeContracts.transferCall(any(random), amount);
        return wish(new Call.Forward(from, ContractKind.POINTS, data), from, amount, random);
    }

    Wish issue(SplittableRandom random) {
        TokenAmount amount = new TokenAmount(BigInteger.valueOf(1 + random.nextLong(3_000)));
        return wish(new Call.Issue(any(random), amount), Address.ZERO, 0, random);
    }

    Wish direct(SplittableRandom random) {
        byte[] data = FakeContracts.policyCall(1 + random.nextInt(2));
        return wish(new Call.Direct(ContractKind.POINTS, data), Address.ZERO, 0, random);
    }

    private Wish wish(Call call, Address from, long amount, SplittableRandom random) {
        Wish made =
                new Wish(
                        new IntentId(Mix.hash(7_000_000 + wished.size())),
                        call,
                        from,
                        amount,
                        clock.instant().plusSeconds(random.nextInt(5) == 0 ? 8 : 900));
        wished.add(made);
        known.add(made.id());
        return made;
    }

    /** One of the wishes so far. */
    Optional<Wish> earlier(SplittableRandom random) {
        return wished.isEmpty()
                ? Optional.empty()
                : Optional.of(wished.get(random.nextInt(wished.size())));
    }

    /** What the door does: the intent and its hold in one transaction, once. */
    void ask(Wish wish, MemoryStore.Session session, Planted planted) {
        boolean may = wish.amount() == 0 || available(wish.from()) >= wish.amount();
        boolean before = accepted.containsKey(wish.id());
        Boolean done =
                session.<Boolean>execute(_ -> planted.accept(store, wish.id(), () -> door(wish)));
        if (Boolean.TRUE.equals(done)) {
            accepted.put(wish.id(), wish);
            if (!before && !may && !wasThere) {
                throw new Violation("Accepted what the account could not pay: " + wish);
            }
        } else if (may) {
            throw new Violation("Refused what the account could pay: " + wish);
        }
    }

    private boolean door(Wish wish) {
        wasThere = store.intents.find(wish.id()).isPresent();
        if (wasThere) {
            return true;
        }
        if (wish.amount() > 0 && store.available(wish.from()) < wish.amount()) {
            return false;
        }
        store.submit(wish.id(), new MemberId(new UUID(1, 1)), wish.call(), wish.deadline());
        if (wish.amount() > 0) {
            store.holds.put(wish.id(), new MemoryStore.HoldRow(wish.from(), wish.amount()));
        }
        return true;
    }

    /** By the reference: the chain at the mirror's block, less what is on its way. */
    private long available(Address account) {
        MirrorTables.Cursor cursor = store.cursor.find("").orElse(null);
        Block block = cursor == null ? null : chain.block(cursor.hash());
        long held = 0;
        for (Wish wish : wished) {
            if (wish.from().equals(account)
                    && store.intents.find(wish.id()).filter(IntentRow::open).isPresent()) {
                held += wish.amount();
            }
        }
        return (block == null ? 0 : block.after().points(account)) - held;
    }

    /** Wishes that they were told are accepted. */
    Collection<Wish> accepted() {
        return accepted.values();
    }

    /** Whether anybody ever wished for it. */
    boolean know(IntentId id) {
        return known.contains(id);
    }

    /** What is accepted by now is in a backup. */
    void backUp() {
        backedUp = Set.copyOf(accepted.keySet());
    }

    /** What the backup does not have. */
    List<Wish> forget() {
        List<Wish> forgotten =
                accepted.values().stream().filter(wish -> !backedUp.contains(wish.id())).toList();
        accepted.keySet().retainAll(backedUp);
        return forgotten;
    }

    /** A member moves points with a wallet of their own. */
    void useWallet(SplittableRandom random) {
        Address from = any(random);
        Address to = any(random);
        long amount = random.nextLong(1 + chain.head().after().points(from));
        chain.foreign(from, FakeContracts.POINTS, FakeContracts.transferCall(to, amount));
    }

    /** A member's wallet uses their next forwarder nonce, through another relayer. */
    void overtake(SplittableRandom random) {
        Address from = any(random);
        Address to = any(random);
        chain.overtake(from, FakeContracts.transferCall(to, 1), clock.instant());
    }
}
