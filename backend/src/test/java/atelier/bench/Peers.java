package atelier.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import okhttp3.ConnectionPool;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.methods.response.EthSendTransaction;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.FastRawTransactionManager;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;

/** What a program with web3j alone would do: send a transaction for each operation. */
final class Peers implements AutoCloseable {

    /** A call that is to be made n times. */
    record Calls(String to, IntFunction<String> data, long gas) {}

    private static final long CHAIN_ID = 31337;
    private static final BigInteger GAS_PRICE = BigInteger.valueOf(3_000_000_000L);
    private static final int NAIVE_CALLERS = 64;
    private static final int LOOK_MILLIS = 200;

    private final Anvil chain;
    private final Web3j web3j;
    private final Credentials fast = credentials("fast");
    private final List<Credentials> naive =
            IntStream.range(0, NAIVE_CALLERS).mapToObj(i -> credentials("naive" + i)).toList();

    Peers(Anvil chain) {
        this.chain = chain;
        this.web3j =
                Web3j.build(
                        new HttpService(
                                chain.url(),
                                HttpService.getOkHttpClientBuilder()
                                        .connectionPool(
                                                new ConnectionPool(
                                                        NAIVE_CALLERS, 1, TimeUnit.MINUTES))
                                        .build()));
    }

    private static Credentials credentials(String name) {
        return Credentials.create(Hash.sha3String("bench " + name));
    }

    /** Everyone here, to be given coin and points. */
    List<String> accounts() {
        return IntStream.rangeClosed(0, NAIVE_CALLERS)
                .mapToObj(i -> i == 0 ? fast.getAddress() : naive.get(i - 1).getAddress())
                .toList();
    }

    String fastAccount() {
        return fast.getAddress();
    }

    /**
     * One {@code FastRawTransactionManager} that callers share.
     *
     * @return operations mined per second
     */
    double fast(int callers, int count, Calls calls) {
        TransactionManager manager = new FastRawTransactionManager(web3j, fast, CHAIN_ID);
        long before = chain.rpc().number("eth_getTransactionCount", fast.getAddress(), "latest");
        long start = System.nanoTime();
        Load.run(callers, count, (_, i) -> sent(send(manager, calls, i)));
        Arena.await(() ->
                chain.rpc().number("eth_getTransactionCount", fast.getAddress(), "latest")
                        >= before + count);
        return count / ((System.nanoTime() - start) / 1e9);
    }

    /**
     * Callers who each send, and look every 200 ms whether it is mined.
     *
     * @return operations mined per second
     */
    double naive(int count, Calls calls) {
        var receipts = new PollingTransactionReceiptProcessor(web3j, LOOK_MILLIS, 1_000);
        List<TransactionManager> managers =
                naive.stream()
                        .<TransactionManager>map(
                                one -> new RawTransactionManager(web3j, one, CHAIN_ID))
                        .toList();
        return Load.run(
                        NAIVE_CALLERS,
                        count,
                        (caller, i) ->
                                receipts.waitForTransactionReceipt(
                                        sent(send(managers.get(caller), calls, i))))
                .perSecond();
    }

    private static EthSendTransaction send(TransactionManager manager, Calls calls, int number)
            throws IOException {
        return manager.sendTransaction(
                GAS_PRICE,
                BigInteger.valueOf(calls.gas()),
                calls.to(),
                calls.data().apply(number),
                BigInteger.ZERO);
    }

    private static String sent(EthSendTransaction answer) {
        if (answer.hasError()) {
            throw new IllegalStateException(answer.getError().getMessage());
        }
        return answer.getTransactionHash();
    }

    @Override
    public void close() {
        web3j.shutdown();
    }
}
