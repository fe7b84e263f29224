package atelier.chain;

import atelier.chain.FakeContracts.Emitted;
import atelier.chain.FakeContracts.State;
import atelier.chain.FakeContracts.Trace;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Hash;

/**
 * A chain in memory: mempool, nonces, base fee, blocks with receipts and logs, and reorganisations
 * of any depth. It is the truth of a simulated run; what a node says about it may be something
 * else.
 */
final class FakeChain {

    /** A transaction as its signer made it. */
    @SuppressWarnings("ArrayRecordComponent")
    record Tx(
            Hash32 hash,
            Address from,
            long nonce,
            @Nullable Address to,
            byte[] data,
            long gas,
            long maxFee,
            long priority) {

        /** Whether it came from our bytes. */
        boolean ours() {
            return maxFee < FOREIGN_FEE;
        }
    }

    /** A block with all that came of it. */
    record Block(
            Node.Header header,
            List<Tx> txs,
            List<Node.Receipt> receipts,
            List<Node.Log> logs,
            List<IntentId> executed,
            State after) {

        long number() {
            return header.number();
        }

        Hash32 hash() {
            return header.hash();
        }
    }

    /** A nonce of an account, in the order in which blocks take them. */
    private record Turn(Address from, long nonce) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            int byAccount = from.compareTo(other.from);
            return byAccount == 0 ? Long.compare(nonce, other.nonce) : byAccount;
        }
    }

    static final long CHAIN_ID = 31337;

    /** The block of the contracts' deployment. */
    static final long FIRST = 2;

    private static final Address STRANGER =
            Address.parse("0x00000000000000000000000000000000000a0005");

    /** One whose transactions blocks take before ours. */
    private static final Address THIEF =
            Address.parse("0x0000000000000000000000000000000000090005");

    private static final long FOREIGN_FEE = Long.MAX_VALUE / 20;
    private static final Hash32 GENESIS = Mix.hash(-1);
    private static final BigInteger BLOCK_GAS = BigInteger.valueOf(30_000_000);
    private static final Map<Hash32, int[]> BITS = new ConcurrentHashMap<>();
    private static final int BLOOM = 256;

    private final long salt;
    private final Instant start;
    private final Map<Hash32, Block> known = new HashMap<>();
    private final Map<Hash32, Block> places = new HashMap<>();
    private final Map<IntentId, Integer> counts = new LinkedHashMap<>();
    private final TreeMap<Turn, Tx> pool = new TreeMap<>();
    private final List<CallReader.Request> seen = new ArrayList<>();
    private List<Block> blocks = new ArrayList<>();
    private List<Block> abandoned = List.of();
    private final Map<Address, Long> offered = new HashMap<>();
    private @Nullable String outOfOrder;
    private long made;
    long baseFee = 1_000_000_000;

    FakeChain(long salt, Instant start) {
        this.salt = salt;
        this.start = start;
        restart();
    }

    /** Begins again with the same genesis and contracts, and nothing else. */
    void restart() {
        blocks = new ArrayList<>();
        abandoned = List.of();
        places.clear();
        counts.clear();
        pool.clear();
        seen.clear();
        add(
                GENESIS,
                new Block(
                        header(0, GENESIS, Hash32.ZERO, start, new byte[BLOOM]),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        new State()));
        for (int i = 1; i <= FIRST; i++) {
            mine(start.plusSeconds(i), false);
        }
    }

    List<Block> blocks() {
        return blocks;
    }

    /** The blocks of the newest chain that is none any more. */
    List<Block> abandoned() {
        return abandoned;
    }

    Block head() {
        return blocks.getLast();
    }

    @Nullable Block block(Hash32 hash) {
        return known.get(hash);
    }

    /** The canonical block that holds a transaction. */
    @Nullable Block holding(Hash32 tx) {
        return places.get(tx);
    }

    /** The nonce after all that the mempool would let an account use. */
    long pending(Address account, long mined) {
        long next = mined;
        while (pool.containsKey(new Turn(account, next))) {
            next++;
        }
        return next;
    }

    int waiting() {
        return pool.size();
    }

    List<Tx> pool() {
        return List.copyOf(pool.values());
    }

    /** Notes what somebody is about to send, whatever becomes of it. */
    void offer(byte[] raw) {
        Tx tx = parse(raw);
        long mined = head().after().nonces.getOrDefault(tx.from(), 0L) - 1;
        long last = Math.max(mined, offered.getOrDefault(tx.from(), -1L));
        if (tx.nonce() > last + 1) {
            outOfOrder = tx.from() + " " + tx.nonce() + " after " + last;
        }
        offered.put(tx.from(), Math.max(last, tx.nonce()));
    }

    /** The first transaction that was sent before one with a lower nonce. */
    @Nullable String outOfOrder() {
        return outOfOrder;
    }

    /**
     * Takes signed bytes as nodes do.
     *
     * @throws NodeRefused in a node's words
     */
    void submit(byte[] raw) {
        Tx tx = parse(raw);
        if (tx.nonce() < head().after().nonces.getOrDefault(tx.from(), 0L)) {
            throw new NodeRefused(-32000, "nonce too low", null);
        }
        Turn turn = new Turn(tx.from(), tx.nonce());
        Tx there = pool.get(turn);
        if (there != null && there.hash().equals(tx.hash())) {
            throw new NodeRefused(-32000, "already known", null);
        }
        if (there != null
                && (tx.maxFee() * 10 < there.maxFee() * 11
                        || tx.priority() * 10 < there.priority() * 11)) {
            throw new NodeRefused(-32000, "replacement transaction underpriced", null);
        }
        pool.put(turn, tx);
        if (tx.to() != null && tx.to().equals(FakeContracts.FORWARDER)) {
            new CallReader(tx.data()).requests().ifPresent(seen::addAll);
        }
    }

    /** A stranger sends some of the last requests that were seen in the mempool by themselves. */
    boolean copy(RandomGenerator random) {
        int last = Math.min(seen.size(), 1 + random.nextInt(12));
        List<CallReader.Request> some =
                seen.subList(seen.size() - last, seen.size()).stream()
                        .filter(_ -> random.nextInt(3) > 0)
                        .toList();
        if (some.isEmpty()) {
            return false;
        }
        foreign(
                random.nextInt(4) == 0 ? STRANGER : THIEF,
                FakeContracts.FORWARDER,
                FakeContracts.batchCall(some));
        return true;
    }

    /** Puts in a transaction that nobody of ours signed. */
    void foreign(Address from, Address to, byte[] data) {
        long nonce = head().after().nonces.getOrDefault(from, 0L);
        while (pool.containsKey(new Turn(from, nonce))) {
            nonce++;
        }
        foreign(from, nonce, to, data);
    }

    /** The same at a nonce, in place of what waits there. */
    void foreign(Address from, long nonce, Address to, byte[] data) {
        offered.merge(from, nonce, Math::max);
        pool.put(
                new Turn(from, nonce),
                new Tx(
                        Mix.hash(Mix.of(salt + 3) + made++),
                        from,
                        nonce,
                        to,
                        data,
                        1_000_000,
                        FOREIGN_FEE,
                        1));
    }

    /** Another relayer brings a member's request, with the nonce that is the member's next. */
    void overtake(Address member, byte[] call, Instant now) {
        byte[] data =
                FakeContracts.batchCall(
                        member,
                        FakeContracts.POINTS,
                        200_000,
                        head().after().forwardNonces.getOrDefault(member, 0L),
                        now.getEpochSecond() + 10_000,
                        call);
        foreign(STRANGER, FakeContracts.FORWARDER, data);
    }

    void drop(Tx tx) {
        pool.remove(new Turn(tx.from(), tx.nonce()), tx);
    }

    /** Adds a block with what the mempool has, or without. */
    Block mine(Instant now, boolean full) {
        Block parent = head();
        long number = parent.number() + 1;
        long time = Math.max(now.getEpochSecond(), parent.header().time().getEpochSecond() + 1);
        Hash32 hash = Mix.hash(Mix.of(salt) + made++);
        State state = parent.after();
        List<Tx> txs = new ArrayList<>();
        List<Node.Receipt> receipts = new ArrayList<>();
        List<Node.Log> logs = new ArrayList<>();
        List<IntentId> executed = new ArrayList<>();
        byte[] bloom = new byte[BLOOM];
        if (full) {
            long gasLeft = BLOCK_GAS.longValue();
            for (Tx tx : List.copyOf(pool.values())) {
                if (tx.nonce() != state.nonces.getOrDefault(tx.from(), 0L)
                        || tx.maxFee() < baseFee
                        || tx.gas() > gasLeft) {
                    continue;
                }
                gasLeft -= tx.gas();
                Trace trace = new Trace();
                State next = state.copy();
                boolean success = run(next, tx, time, trace);
                if (!success) {
                    next = state.copy();
                    trace = new Trace();
                }
                next.nonces.merge(tx.from(), 1L, Long::sum);
                state = next;
                List<Node.Log> own = new ArrayList<>();
                for (Emitted emitted : trace.logs) {
                    own.add(
                            new Node.Log(
                                    emitted.address(),
                                    emitted.topics(),
                                    emitted.data(),
                                    number,
                                    hash,
                                    tx.hash(),
                                    txs.size(),
                                    logs.size() + own.size()));
                    bloom(bloom, emitted);
                }
                txs.add(tx);
                logs.addAll(own);
                executed.addAll(trace.executed);
                receipts.add(new Node.Receipt(tx.hash(), number, hash, success, own));
                pool.remove(new Turn(tx.from(), tx.nonce()), tx);
            }
        }
        Block block =
                new Block(
                        header(number, hash, parent.hash(), Instant.ofEpochSecond(time), bloom),
                        txs,
                        receipts,
                        logs,
                        executed,
                        state);
        add(hash, block);
        pool.keySet()
                .removeIf(
                        turn -> turn.nonce() < head().after().nonces.getOrDefault(turn.from(), 0L));
        return block;
    }

    private static boolean run(State state, Tx tx, long time, Trace trace) {
        try {
            FakeContracts.run(state, tx.from(), tx.to(), tx.data(), tx.gas(), time, trace);
            return true;
        } catch (FakeContracts.Revert e) {
            return false;
        }
    }

    /** Takes blocks away; their transactions wait again. What follows is another chain. */
    int reorganise(int depth) {
        int taken = Math.min(depth, blocks.size() - 1 - Math.toIntExact(FIRST));
        if (taken <= 0) {
            return 0;
        }
        abandoned = List.copyOf(blocks);
        for (int i = 0; i < taken; i++) {
            Block gone = blocks.removeLast();
            gone.executed().forEach(id -> counts.merge(id, -1, Integer::sum));
            for (Tx tx : gone.txs()) {
                places.remove(tx.hash());
                pool.putIfAbsent(new Turn(tx.from(), tx.nonce()), tx);
            }
        }
        return taken;
    }

    /** How often this intent was executed on the canonical chain. */
    int executions(IntentId id) {
        return counts.getOrDefault(id, 0);
    }

    /** Intents that the canonical chain executed more than once. */
    List<IntentId> twice() {
        return counts.entrySet().stream()
                .filter(e -> e.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void add(Hash32 hash, Block block) {
        blocks.add(block);
        known.put(hash, block);
        block.executed().forEach(id -> counts.merge(id, 1, Integer::sum));
        block.txs().forEach(tx -> places.put(tx.hash(), block));
    }

    private Node.Header header(
            long number, Hash32 hash, Hash32 parent, Instant time, byte[] bloom) {
        return new Node.Header(
                number, hash, parent, time, bloom, BigInteger.valueOf(baseFee), BLOCK_GAS);
    }

    private static void bloom(byte[] bloom, Emitted log) {
        set(
                bloom,
                Hash32.of(ByteBuffer.allocate(32).put(log.address().bytes()).array()),
                log.address().bytes());
        log.topics().forEach(topic -> set(bloom, topic, topic.bytes()));
    }

    private static void set(byte[] bloom, Hash32 name, byte[] text) {
        for (int bit : BITS.computeIfAbsent(name, _ -> bits(text))) {
            bloom[BLOOM - 1 - bit / 8] |= (byte) (1 << (bit % 8));
        }
    }

    private static int[] bits(byte[] text) {
        byte[] hash = Hash.sha3(text);
        int[] bits = new int[3];
        for (int i = 0; i < 3; i++) {
            bits[i] = (((hash[2 * i] & 0xff) << 8) | (hash[2 * i + 1] & 0xff)) % (BLOOM * 8);
        }
        return bits;
    }

    /** Signed bytes, as {@link FakeSigning} makes them. */
    static byte[] encode(Slots.Place place, Slots.Payload payload, Fees fees, long chainId) {
        byte[] target = payload.target() == null ? new byte[0] : payload.target().bytes();
        return ByteBuffer.allocate(61 + target.length + payload.data().length)
                .putLong(chainId)
                .put(place.key().bytes())
                .putLong(place.nonce())
                .putLong(payload.gasLimit().longValueExact())
                .putLong(fees.max().longValueExact())
                .putLong(fees.priority().longValueExact())
                .put((byte) target.length)
                .put(target)
                .put(payload.data())
                .array();
    }

    private static Tx parse(byte[] raw) {
        ByteBuffer bytes = ByteBuffer.wrap(raw);
        if (bytes.getLong() != CHAIN_ID) {
            throw new NodeRefused(-32000, "invalid chain id", null);
        }
        byte[] from = new byte[Address.LENGTH];
        bytes.get(from);
        long nonce = bytes.getLong();
        long gas = bytes.getLong();
        long max = bytes.getLong();
        long priority = bytes.getLong();
        byte[] target = new byte[bytes.get()];
        bytes.get(target);
        byte[] data = new byte[bytes.remaining()];
        bytes.get(data);
        return new Tx(
                Hash32.of(Hash.sha3(raw)),
                Address.of(from),
                nonce,
                target.length == 0 ? null : Address.of(target),
                data,
                gas,
                max,
                priority);
    }
}
