package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Bytes;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Hash;

/**
 * A chain as one node tells it, from the Directory on, with no mirror, no database and no
 * application between. The node is not trusted: blocks must link, and a block's logs must be all
 * that its header was made from, as far as its bloom can tell.
 */
public final class ChainHistory implements AutoCloseable {

    /**
     * A contract that the Directory names.
     *
     * @param lastBlock the last one it is used in; {@link Long#MAX_VALUE} while it is in use
     */
    public record Listed(ContractKind kind, Address at, long firstBlock, long lastBlock) {

        private boolean isUsedIn(long block) {
            return firstBlock <= block && block <= lastBlock;
        }
    }

    /** Hears what contracts said, in the order of the chain. */
    public interface Listener {
        void hear(ContractLog log, Address contract);
    }

    /** The node cannot be reached, or does not answer what it is asked. */
    public static final class Unreadable extends RuntimeException {
        private Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What the node says of its blocks cannot all be so. */
    public static final class Contradictory extends RuntimeException {
        private Contradictory(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Nodes bound how many requests one batch may have. */
    private static final int AT_ONCE = 100;

    /** A node that reorganises contradicts itself for a moment. */
    private static final int TRIES = 3;

    private final URI url;
    private final JsonRpc rpc;
    private final Node node;
    private final FetchAhead ranges;
    private Node.@Nullable Header last;

    private ChainHistory(URI url, Duration longest) {
        this.url = url;
        this.rpc = new JsonRpc(url, longest);
        this.node = new RpcNode(rpc);
        this.ranges = new FetchAhead(new Fetch(node));
    }

    /** Asks the node at an address, and waits so long for each answer. */
    public static ChainHistory at(URI node, Duration longest) {
        return new ChainHistory(node, longest);
    }

    /** The chain's id, as signatures name it. */
    public long chainId() {
        return asked(node::chainId);
    }

    /** The newest block's number. */
    public long height() {
        return asked(node::head).number();
    }

    /**
     * Every contract that a Directory ever listed, in its order; kinds that are not known here are
     * left out. Empty if there is no Directory.
     */
    public List<Listed> listed(Address directory, long block) {
        List<BigInteger> words = words(asked(() -> entries(directory, block)));
        List<Listed> listed = new ArrayList<>();
        for (int at = 2; at + 3 < words.size(); at += 4) {
            long last = words.get(at + 3).longValueExact();
            ContractKind kind = kind(words.get(at));
            if (kind != null) {
                listed.add(
                        new Listed(
                                kind,
                                address(words.get(at + 1)),
                                words.get(at + 2).longValueExact(),
                                last == 0 ? Long.MAX_VALUE : last));
            }
        }
        return listed;
    }

    /** What is no Directory reverts, or has no code and answers nothing. */
    private byte[] entries(Address directory, long block) {
        try {
            return node.call(
                    new Node.Tried(Address.ZERO, directory, call("entries()"), null),
                    Node.tag(block));
        } catch (NodeRefused e) {
            if (ContractErrors.isRevert(e)) {
                return new byte[0];
            }
            throw e;
        }
    }

    /**
     * Tells what contracts said up to a block, from where it ended the last time. What the node
     * cannot give at once is asked for in halves, down to a single block.
     *
     * @throws Contradictory if blocks do not link, or logs are missing
     */
    public void read(Collection<Listed> contracts, long to, Listener listener) {
        Map<Address, Listed> byAddress =
                contracts.stream().collect(Collectors.toMap(Listed::at, Function.identity()));
        Map<Address, ContractKind> kinds =
                contracts.stream().collect(Collectors.toMap(Listed::at, Listed::kind));
        long from = contracts.stream().mapToLong(Listed::firstBlock).min().orElse(to + 1);
        Stride stride = new Stride();
        while (last == null ? from <= to : last.number() < to) {
            Node.Header before = last;
            Range range =
                    range(
                            byAddress.keySet(),
                            before == null ? from : before.number() + 1,
                            to,
                            stride);
            if (before != null && !before.hash().equals(range.parent())) {
                throw new Contradictory(
                        "Block %d does not follow the one before".formatted(range.from()), null);
            }
            for (Node.Log log : range.logs()) {
                Listed by = byAddress.get(log.address());
                if (by != null && by.isUsedIn(log.block())) {
                    listener.hear(range.contractLog(log, kinds), by.at());
                }
            }
            last = range.last();
        }
    }

    private Range range(Collection<Address> contracts, long from, long to, Stride stride) {
        for (int tries = 1; ; ) {
            try {
                Range range =
                        ranges.range(contracts, from, Math.min(to, from - 1 + stride.blocks()));
                stride.came(range);
                if (range.to() < to) {
                    ranges.ahead(
                            contracts, range.to() + 1, Math.min(to, range.to() + stride.blocks()));
                }
                return range;
            } catch (NodeRefused | NodeUnavailable e) {
                if (stride.blocks() == 1) {
                    throw unreadable(e);
                }
                stride.tooMuch();
            } catch (Fetch.Contradiction e) {
                if (tries++ == TRIES) {
                    throw new Contradictory(String.valueOf(e.getMessage()), e);
                }
            }
        }
    }

    /** What a contract answers as of a block; nothing where there is no contract. */
    public List<byte[]> ask(Address contract, List<byte[]> calls, long block) {
        List<byte[]> answers = new ArrayList<>();
        for (int at = 0; at < calls.size(); at += AT_ONCE) {
            List<JsonRpc.Request> requests =
                    calls.subList(at, Math.min(calls.size(), at + AT_ONCE)).stream()
                            .map(data -> request(contract, data, block))
                            .toList();
            asked(() -> rpc.sendAll(requests))
                    .forEach(answer -> answers.add(Bytes.parse(answer.asString())));
        }
        return answers;
    }

    private static JsonRpc.Request request(Address contract, byte[] data, long block) {
        return JsonRpc.Request.of(
                "eth_call",
                Map.of("to", contract.toString(), "data", Bytes.hex(data)),
                Node.tag(block));
    }

    /** The calldata of a function that takes nothing but addresses. */
    public static byte[] call(String function, Address... arguments) {
        byte[] data = new byte[4 + Hash32.LENGTH * arguments.length];
        byte[] hash = Hash.sha3(function.getBytes(StandardCharsets.US_ASCII));
        System.arraycopy(hash, 0, data, 0, 4);
        for (int i = 0; i < arguments.length; i++) {
            int end = 4 + Hash32.LENGTH * (i + 1);
            System.arraycopy(arguments[i].bytes(), 0, data, end - Address.LENGTH, Address.LENGTH);
        }
        return data;
    }

    /** An answer's words, as numbers. */
    public static List<BigInteger> words(byte[] answer) {
        List<BigInteger> words = new ArrayList<>();
        for (int at = 0; at + Hash32.LENGTH <= answer.length; at += Hash32.LENGTH) {
            words.add(new BigInteger(1, answer, at, Hash32.LENGTH));
        }
        return words;
    }

    private static Address address(BigInteger word) {
        return Address.parse("%040x".formatted(word));
    }

    private static @Nullable ContractKind kind(BigInteger word) {
        byte[] bytes = Bytes.parse("%064x".formatted(word));
        String name = new String(bytes, StandardCharsets.US_ASCII).replace("\0", "");
        for (ContractKind kind : ContractKind.values()) {
            if (kind.directoryName().equals(name)) {
                return kind;
            }
        }
        return null;
    }

    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (NodeRefused | NodeUnavailable e) {
            throw unreadable(e);
        }
    }

    private Unreadable unreadable(RuntimeException e) {
        return new Unreadable("The node at %s: %s".formatted(url, e.getMessage()), e);
    }

    @Override
    public void close() {
        ranges.destroy();
        rpc.close();
    }
}
