package atelier.bench;

import atelier.chain.ContractKind;
import atelier.chain.Contracts;
import atelier.contracts.Points;
import atelier.kernel.Address;
import atelier.kernel.Bytes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.web3j.protocol.core.RemoteFunctionCall;

/**
 * Fills the chain with mixed events past us, block by block: a batch issue to many, transfers and
 * works made by members who send for themselves.
 */
final class Crowd {

    private static final int ISSUED = 400;
    private static final int TRANSFERS = 100;
    private static final int CRAFTS = 60;
    private static final int EVENTS = ISSUED + TRANSFERS + 10 * CRAFTS;
    private static final int ACCOUNTS = 20_000;
    private static final BigInteger MOST = BigInteger.valueOf(1_000);
    private static final String GAS = "0xffffff";
    private static final String LITTLE_GAS = "0x927c0";

    private final Arena arena;
    private final Troupe troupe;
    private final Contracts contracts;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Long> nonces = new HashMap<>();
    private final String issuer;

    Crowd(Arena arena, Troupe troupe) {
        this.arena = arena;
        this.troupe = troupe;
        this.contracts = arena.bean(Contracts.class);
        this.issuer =
                arena.database()
                        .sql(
                                "SELECT relayer FROM recorded.intent_now WHERE relayer IS NOT NULL AND call = 'ISSUE' LIMIT 1")
                        .query((row, _) -> Address.of(row.getBytes(1)).toString())
                        .single();
        arena.chain().become(issuer);
        IntStream.range(0, Math.max(TRANSFERS, CRAFTS))
                .forEach(i -> arena.chain().become(troupe.player(i).account().toString()));
    }

    /** Adds blocks that write about so many events. */
    void fill(long events) {
        for (long written = 0; written < events; written += EVENTS) {
            block();
        }
    }

    private void block() {
        List<Map<String, String>> sent = new ArrayList<>();
        sent.add(from(issuer, ContractKind.POINTS, issue(), GAS));
        for (int i = 0; i < TRANSFERS; i++) {
            sent.add(
                    own(
                            i,
                            ContractKind.POINTS,
                            contracts.points().transfer(account(), BigInteger.ONE)));
        }
        BigInteger recipe = BigInteger.ONE;
        for (int i = 0; i < CRAFTS; i++) {
            sent.add(
                    own(
                            i,
                            ContractKind.WORKSHOP,
                            contracts.workshop().buyAndCraft(recipe, bytes(32), List.of(), MOST)));
        }
        arena.chain().rpc().all("eth_sendTransaction", sent);
        arena.chain().rpc().call("evm_mine");
    }

    private RemoteFunctionCall<?> issue() {
        List<Points.Issue> items =
                IntStream.range(0, ISSUED)
                        .mapToObj(_ -> new Points.Issue(account(), BigInteger.ONE, bytes(32)))
                        .toList();
        return contracts.points().issue(bytes(32), items);
    }

    /** One of a fixed number of accounts. */
    private String account() {
        byte[] bytes = new byte[Address.LENGTH];
        ByteBuffer.wrap(bytes).putInt(0, 0xbe0c0000).putInt(16, random.nextInt(ACCOUNTS));
        return Bytes.hex(bytes);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Map<String, String> own(int player, ContractKind to, RemoteFunctionCall<?> call) {
        return from(troupe.player(player).account().toString(), to, call, LITTLE_GAS);
    }

    /** With a nonce of its own: the node takes the calls of a batch in any order. */
    private Map<String, String> from(
            String sender, ContractKind to, RemoteFunctionCall<?> call, String gas) {
        long nonce = nonces.compute(sender, (one, last) -> last == null ? nonceOf(one) : last + 1);
        return Map.of(
                "from",
                sender,
                "nonce",
                "0x" + Long.toHexString(nonce),
                "to",
                contracts.address(to).toString(),
                "gas",
                gas,
                "data",
                call.encodeFunctionCall());
    }

    private long nonceOf(String account) {
        return arena.chain().rpc().number("eth_getTransactionCount", account, "latest");
    }
}
