package atelier.chain;

import atelier.chain.FakeChain.Block;
import atelier.chain.FakeContracts.State;
import atelier.chain.FakeContracts.Trace;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A node of a fake chain: honest, late, on another fork, or a liar, as the run wants it. The calls
 * of one process go through it.
 */
final class FakeNode implements Node {

    /** What a node does to its answers. */
    enum Lie {
        NONE,
        /** Some blocks behind. */
        LATE,
        /** Still on a chain that has been left. */
        LEFT_BEHIND,
        /** Each call reaches one of several nodes, and some of those are late. */
        FLAPPING,
        /** A block's logs are left out. */
        NO_LOGS,
        /** One of a block's logs is left out. */
        FEWER_LOGS,
        /** Logs come twice and in another order. */
        SHUFFLED_LOGS,
        /** A log is given that no transaction left. */
        FORGED_LOG,
        /** Receipts are not found. */
        NO_RECEIPTS,
        /** Errors without meaning. */
        ERRORS
    }

    /** Blocks that the node has, oldest first. */
    private record View(List<Block> blocks) {

        Block head() {
            return blocks.getLast();
        }

        Optional<Block> at(String tag) {
            if (tag.equals(LATEST) || tag.equals("pending")) {
                return Optional.of(head());
            }
            long number = Long.parseLong(tag.substring(2), 16);
            return number < blocks.size()
                    ? Optional.of(blocks.get((int) number))
                    : Optional.empty();
        }

        boolean has(Block block) {
            return block.number() < blocks.size()
                    && blocks.get((int) block.number()).hash().equals(block.hash());
        }
    }

    private final FakeChain chain;
    private final MemoryStore.Hazards hazards;
    private Lie lie = Lie.NONE;
    private RandomGenerator random = new java.util.SplittableRandom(0);

    FakeNode(FakeChain chain, MemoryStore.Hazards hazards) {
        this.chain = chain;
        this.hazards = hazards;
    }

    /** From now on tells this lie. */
    void tell(Lie newLie, RandomGenerator by) {
        lie = newLie;
        random = by;
    }

    Lie lie() {
        return lie;
    }

    private interface Answer<T> {
        T give(View view);
    }

    private <T> T answer(Answer<T> answer) {
        hazards.at("ask");
        if (lie == Lie.ERRORS && random.nextInt(4) == 0) {
            if (random.nextBoolean()) {
                throw new NodeRefused(-32603, "internal error", null);
            }
            throw new NodeUnavailable("502");
        }
        T given = answer.give(view());
        hazards.at("answer");
        return given;
    }

    private View view() {
        List<Block> blocks = chain.blocks();
        boolean late = lie == Lie.LATE || (lie == Lie.FLAPPING && random.nextBoolean());
        if (late) {
            int behind = lie == Lie.LATE ? 2 : 1 + random.nextInt(6);
            return new View(blocks.subList(0, Math.max(3, blocks.size() - behind)));
        }
        return lie == Lie.LEFT_BEHIND && !chain.abandoned().isEmpty()
                ? new View(chain.abandoned())
                : new View(blocks);
    }

    @Override
    public long chainId() {
        return answer(_ -> FakeChain.CHAIN_ID);
    }

    @Override
    public Header head() {
        return answer(view -> view.head().header());
    }

    @Override
    public Optional<Header> header(String tag) {
        return answer(view -> view.at(tag).map(Block::header));
    }

    @Override
    public List<Header> headers(long from, long to) {
        return answer(view -> {
            List<Header> headers = new ArrayList<>();
            for (long block = from; block <= to; block++) {
                Optional<Block> found = view.at(Node.tag(block));
                if (found.isEmpty()) {
                    break;
                }
                headers.add(found.get().header());
            }
            return headers;
        });
    }

    @Override
    public List<Log> logs(Collection<Address> contracts, Hash32 block) {
        return answer(view -> {
            Block found = chain.block(block);
            if (found == null || !view.has(found)) {
                if (random.nextBoolean()) {
                    return List.of();
                }
                throw new NodeRefused(-32000, "unknown block", null);
            }
            return told(of(contracts, found));
        });
    }

    @Override
    public List<Log> logs(Collection<Address> contracts, long from, long to) {
        return answer(view -> {
            List<Log> logs = new ArrayList<>();
            for (long number = from; number <= to; number++) {
                view.at(Node.tag(number)).ifPresent(block -> logs.addAll(of(contracts, block)));
            }
            return told(logs);
        });
    }

    private static List<Log> of(Collection<Address> contracts, Block block) {
        return block.logs().stream().filter(log -> contracts.contains(log.address())).toList();
    }

    private List<Log> told(List<Log> truth) {
        if (truth.isEmpty()) {
            return truth;
        }
        List<Log> logs = new ArrayList<>(truth);
        switch (lie) {
            case NO_LOGS -> logs.clear();
            case FEWER_LOGS -> {
                Log omitted = logs.remove(random.nextInt(logs.size()));
                if (!shows(omitted, logs)) {
                    logs.add(omitted);
                }
            }
            case SHUFFLED_LOGS -> {
                logs.addAll(truth);
                Collections.shuffle(logs, java.util.Random.from(random));
            }
            case FORGED_LOG -> {
                Log real = logs.get(random.nextInt(logs.size()));
                logs.add(
                        new Log(
                                real.address(),
                                List.of(real.topics().getFirst(), Mix.hash(random.nextLong())),
                                real.data(),
                                real.block(),
                                random.nextBoolean()
                                        ? real.blockHash()
                                        : Mix.hash(random.nextLong()),
                                real.tx(),
                                real.txIndex(),
                                real.index() + 100));
            }
            case NONE, LATE, LEFT_BEHIND, FLAPPING, NO_RECEIPTS, ERRORS -> {}
        }
        return logs;
    }

    /** A last log whose topics others have too is missed by nobody who has not all receipts. */
    private boolean shows(Log omitted, List<Log> others) {
        List<Log> left =
                others.stream().filter(l -> l.blockHash().equals(omitted.blockHash())).toList();
        Block block = Objects.requireNonNull(chain.block(omitted.blockHash()));
        return left.stream().anyMatch(log -> log.index() > omitted.index())
                || !Bloom.isOf(block.header().bloom(), left);
    }

    @Override
    public List<Receipt> receipts(List<Hash32> transactions) {
        if (transactions.isEmpty()) {
            return List.of();
        }
        return answer(view -> {
            List<Receipt> receipts = new ArrayList<>();
            for (Hash32 tx : transactions) {
                find(view, tx)
                        .filter(_ -> lie != Lie.NO_RECEIPTS || random.nextInt(3) > 0)
                        .ifPresent(receipts::add);
            }
            return receipts;
        });
    }

    private Optional<Receipt> find(View view, Hash32 tx) {
        Block holding = chain.holding(tx);
        if (holding != null && view.has(holding)) {
            return of(holding, tx);
        }
        for (int i = view.blocks().size() - 1; i > FakeChain.FIRST; i--) {
            Block block = view.blocks().get(i);
            if (chain.blocks().size() > i && chain.blocks().get(i).hash().equals(block.hash())) {
                break;
            }
            Optional<Receipt> found = of(block, tx);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Receipt> of(Block block, Hash32 tx) {
        return block.receipts().stream().filter(r -> r.tx().equals(tx)).findFirst();
    }

    @Override
    public List<Hash32> transactions(Hash32 block) {
        return answer(view -> {
            Block found = chain.block(block);
            if (found == null || !view.has(found)) {
                throw new NodeUnavailable("The node does not have block " + block);
            }
            return found.txs().stream().map(FakeChain.Tx::hash).toList();
        });
    }

    @Override
    public List<Sent> sent(List<Hash32> transactions) {
        return answer(view -> {
            List<Sent> sent = new ArrayList<>();
            for (Hash32 tx : transactions) {
                Block holding = chain.holding(tx);
                if (holding != null && view.has(holding)) {
                    holding.txs().stream()
                            .filter(one -> one.hash().equals(tx))
                            .map(one -> new Sent(tx, one.from(), one.to(), one.data()))
                            .forEach(sent::add);
                }
            }
            return sent;
        });
    }

    @Override
    public byte[] call(Tried tried, String tag) {
        return answer(view -> run(tried, state(view, tag), new Trace()));
    }

    @Override
    public BigInteger estimateGas(Tried tried) {
        return answer(view -> {
            Trace trace = new Trace();
            run(tried, view.head(), trace);
            return BigInteger.valueOf(trace.gas);
        });
    }

    @Override
    public List<Rehearsed> rehearse(Address forwarder, List<Act> acts) {
        if (acts.isEmpty()) {
            return List.of();
        }
        return answer(view -> {
            Block on = view.head();
            State state = on.after().copy();
            List<Rehearsed> rehearsed = new ArrayList<>();
            for (Act act : acts) {
                State next = state.copy();
                Trace trace = new Trace();
                long nonce = state.forwardNonces.getOrDefault(act.from(), 0L);
                try {
                    FakeContracts.act(next, act, on.header().time().getEpochSecond() + 1, trace);
                    rehearsed.add(new Rehearsed(true, trace.gas, nonce, new byte[0]));
                    state = next;
                } catch (FakeContracts.Revert e) {
                    rehearsed.add(new Rehearsed(false, trace.gas, nonce, e.data));
                }
            }
            return rehearsed;
        });
    }

    private static byte[] run(Tried tried, Block on, Trace trace) {
        State state = on.after().copy();
        Address from = tried.from();
        byte[] data = tried.data();
        if (from.equals(FakeContracts.FORWARDER)) {
            from = Address.of(java.util.Arrays.copyOfRange(data, data.length - 20, data.length));
            data = java.util.Arrays.copyOf(data, data.length - 20);
        }
        try {
            return FakeContracts.run(
                    state,
                    from,
                    tried.to(),
                    data,
                    Gas.MAX.longValue(),
                    on.header().time().getEpochSecond() + 1,
                    trace);
        } catch (FakeContracts.Revert e) {
            throw new NodeRefused(3, "execution reverted", e.data);
        }
    }

    private static Block state(View view, String tag) {
        return view.at(tag).orElseThrow(() -> new NodeRefused(-32000, "header not found", null));
    }

    @Override
    public long transactionCount(Address account, String tag) {
        return answer(view -> {
            long mined = state(view, tag).after().nonces.getOrDefault(account, 0L);
            return tag.equals(PENDING) ? chain.pending(account, mined) : mined;
        });
    }

    @Override
    public BigInteger balance(Address account) {
        return answer(_ -> BigInteger.TWO.pow(80));
    }

    @Override
    public BigInteger priorityFee() {
        return answer(_ -> BigInteger.valueOf(1_000_000_000));
    }

    @Override
    public void broadcast(byte[] raw) {
        chain.offer(raw);
        answer(_ -> {
            chain.submit(raw);
            return true;
        });
    }
}
