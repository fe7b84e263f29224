package atelier.bench;

import atelier.kernel.Bytes;
import java.util.List;
import org.web3j.crypto.Hash;

/** Transactions that we signed, sent once more as they are: what the node alone can do. */
record Replay(List<String> raw) {

    /** What it took until all were mined. */
    record Took(double seconds, double cpuSeconds) {}

    /** Everything that was signed for intents after the mark, in the order of its nonces. */
    static Replay since(Arena arena, long mark) {
        return new Replay(
                arena.database()
                        .sql(
                                """
                                SELECT raw FROM recorded.attempt JOIN (
                                    SELECT DISTINCT era, relayer, nonce, tx FROM recorded.progress
                                    WHERE number > :mark AND tx IS NOT NULL) mined
                                USING (era, relayer, nonce)
                                WHERE attempt.hash = mined.tx ORDER BY relayer, nonce
                                """)
                        .param("mark", mark)
                        .query((row, _) -> Bytes.hex(row.getBytes(1)))
                        .list());
    }

    Took on(Anvil node) {
        String last = raw.getLast();
        double cpu = node.cpuSeconds();
        long start = System.nanoTime();
        raw.forEach(one -> node.rpc().call("eth_sendRawTransaction", one));
        String hash = Hash.sha3(last);
        Arena.await(() -> !node.rpc().call("eth_getTransactionReceipt", hash).isNull());
        return new Took((System.nanoTime() - start) / 1e9, node.cpuSeconds() - cpu);
    }
}
