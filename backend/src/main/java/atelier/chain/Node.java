package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What we ask of a node, in our own words. Every answer is only what that node says, and every
 * question may fail with {@link NodeUnavailable} or {@link NodeRefused}. Its bytes are handed on,
 * never compared.
 */
@SuppressWarnings("ArrayRecordComponent")
interface Node {

    /** A block without its transactions. */
    record Header(
            long number,
            Hash32 hash,
            Hash32 parent,
            Instant time,
            byte[] bloom,
            BigInteger baseFee,
            BigInteger gasLimit) {}

    /** One log, with the place the node says it has. */
    record Log(
            Address address,
            List<Hash32> topics,
            byte[] data,
            long block,
            Hash32 blockHash,
            Hash32 tx,
            int txIndex,
            int index) {}

    /** What came of a transaction. */
    record Receipt(Hash32 tx, long block, Hash32 blockHash, boolean succeeded, List<Log> logs) {}

    /** What a transaction in a block asked for. */
    record Sent(Hash32 tx, Address from, @Nullable Address to, byte[] data) {}

    /** A call that is tried, not sent. */
    record Tried(Address from, @Nullable Address to, byte[] data, @Nullable BigInteger gas) {}

    /** A member's call as they would have the forwarder make it. */
    record Act(Address from, Address to, byte[] data) {}

    /**
     * What came of an act.
     *
     * @param gas what it took, refunds not taken off
     * @param nonce the member's next one at the forwarder
     * @param revertData what it returned if it reverted
     */
    record Rehearsed(boolean succeeded, long gas, long nonce, byte[] revertData) {}

    String LATEST = "latest";

    /** As a tag, the newest block and what waits behind it. */
    String PENDING = "pending";

    static String tag(long block) {
        return "0x" + Long.toHexString(block);
    }

    long chainId();

    Header head();

    Optional<Header> header(String tag);

    /** Headers of consecutive blocks, both ends included; ends early where the node has no more. */
    List<Header> headers(long from, long to);

    /** Logs of these contracts in one block. */
    List<Log> logs(Collection<Address> contracts, Hash32 block);

    /** Logs of these contracts in consecutive blocks, both ends included. */
    List<Log> logs(Collection<Address> contracts, long from, long to);

    default Optional<Receipt> receipt(Hash32 tx) {
        return receipts(List.of(tx)).stream().findFirst();
    }

    /** Receipts of those transactions that are in a block. */
    List<Receipt> receipts(List<Hash32> transactions);

    /**
     * The hashes of a block's transactions.
     *
     * @throws NodeUnavailable if the node does not have the block
     */
    List<Hash32> transactions(Hash32 block);

    /** Those of these transactions that are in a block. */
    List<Sent> sent(List<Hash32> transactions);

    byte[] call(Tried tried, String tag);

    /** A call on the newest block as if these words stood in the called contract's storage. */
    default byte[] callAsIf(Tried tried, Map<Hash32, Hash32> storage) {
        throw new NodeUnavailable("This node takes storage as it is");
    }

    BigInteger estimateGas(Tried tried);

    /**
     * Plays acts one after another on the newest block, in the forwarder's place; each sees what
     * those before it did, and one that reverts did nothing. Answers for as many as the node has
     * gas for, at least for the first.
     */
    List<Rehearsed> rehearse(Address forwarder, List<Act> acts);

    long transactionCount(Address account, String tag);

    BigInteger balance(Address account);

    BigInteger priorityFee();

    /** Hands signed bytes over. What the node answers decides nothing; only a receipt does. */
    void broadcast(byte[] raw);
}
