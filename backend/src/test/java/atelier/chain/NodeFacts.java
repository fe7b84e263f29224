package atelier.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import atelier.contracts.ERC2771Forwarder;
import atelier.contracts.Points;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.MemberId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** What the pipeline may rely on in a node; Hardhat, anvil and the fake must all do it. */
abstract class NodeFacts {

    /** A member whose key signs. */
    record Member(MemberId id, Address account) {}

    /** A chain with the contracts, on which blocks are mined when the test says so. */
    interface Stage {
        Node node();

        Signing signing();

        ForwardRequests requests();

        Contracts.Deployed deployed();

        Member join();

        /** Mines one block with what is waiting. */
        void mine();

        /** Remembers the newest block. */
        Object mark();

        /** Leaves every block after the mark. */
        void backTo(Object mark);
    }

    private static final ContractErrors ERRORS = new ContractErrors();

    abstract Stage on();

    @Test
    void linksItsHeadersAndEndsAtItsHead() {
        long from = on().node().head().number();
        for (int i = 0; i < 3; i++) {
            on().mine();
        }

        List<Node.Header> headers = on().node().headers(from, from + 9);

        assertThat(headers).hasSize(4);
        for (int i = 1; i < headers.size(); i++) {
            assertThat(headers.get(i).parent()).isEqualTo(headers.get(i - 1).hash());
            assertThat(headers.get(i).time()).isAfterOrEqualTo(headers.get(i - 1).time());
        }
        assertThat(headers.getLast().hash()).isEqualTo(on().node().head().hash());
        assertThat(on().node().header(Node.tag(from + 9))).isEmpty();
    }

    @Test
    void knowsNothingOfABlockThatItDoesNotHave() {
        Hash32 unknown = Mix.hash(4711);
        Set<Address> points = Set.of(on().deployed().at(ContractKind.POINTS));

        assertThatThrownBy(() -> on().node().transactions(unknown))
                .isInstanceOf(NodeUnavailable.class);
        assertThat(on().node().receipts(List.of(unknown))).isEmpty();
        assertThatThrownBy(() -> assertThat(on().node().logs(points, unknown)).isNotEmpty())
                .isInstanceOfAny(NodeRefused.class, AssertionError.class);
    }

    @Test
    void countsTheNoncesOfPastBlocks() {
        long before = on().node().head().number();
        long count = count(Node.LATEST);
        send(count, issue(1, on().join().account()));
        on().mine();

        assertThat(count(Node.tag(before))).isEqualTo(count);
        assertThat(count(Node.tag(before + 1))).isEqualTo(count + 1);
        assertThatThrownBy(() -> count(Node.tag(before + 50)))
                .isInstanceOfAny(NodeRefused.class, NodeUnavailable.class);
    }

    @Test
    void keepsATransactionForAFutureNonceUntilItsTurn() {
        long count = count(Node.LATEST);
        Hash32 second = send(count + 1, issue(1, on().join().account()));
        on().mine();
        assertThat(on().node().receipt(second)).isEmpty();

        Hash32 first = send(count, issue(1, on().join().account()));
        on().mine();

        assertThat(on().node().receipts(List.of(first, second))).hasSize(2);
    }

    @Test
    void takesTheSameBytesOnce() {
        long count = count(Node.LATEST);
        byte[] raw = sign(count, issue(1, on().join().account()), fees());
        on().node().broadcast(raw);
        again(raw);
        on().mine();

        assertThat(on().node().receipt(hash(raw))).isPresent();
        assertThatThrownBy(() -> on().node().broadcast(raw)).isInstanceOf(NodeRefused.class);
        assertThat(count(Node.LATEST)).isEqualTo(count + 1);
    }

    @Test
    void replacesATransactionForATenthMore() {
        long count = count(Node.LATEST);
        Address to = on().join().account();
        Fees fees = fees();
        byte[] first = sign(count, issue(1, to), fees);
        byte[] second = sign(count, issue(2, to), fees.replacing(fees));
        on().node().broadcast(first);
        on().node().broadcast(second);
        on().mine();

        assertThat(on().node().receipt(hash(first))).isEmpty();
        assertThat(on().node().receipt(hash(second))).isPresent();
        assertThat(balance(to)).isEqualTo(2);
    }

    @Test
    void issuesABatchOnce() {
        Address to = on().join().account();
        Slots.Payload batch = issue(5, to, to);
        Hash32 first = send(count(Node.LATEST), batch);
        on().mine();
        assertThat(on().node().receipt(first).orElseThrow().succeeded()).isTrue();

        NodeRefused refused =
                catchThrowableOfType(
                        NodeRefused.class, () -> on().node().estimateGas(tried(batch)));
        Hash32 second = send(count(Node.LATEST), batch);
        on().mine();

        assertThat(ContractErrors.isRevert(refused)).isTrue();
        assertThat(ERRORS.refusal(refused).code()).isEqualTo("contract.BatchUsed");
        assertThat(on().node().receipt(second).orElseThrow().succeeded()).isFalse();
        assertThat(on().node().receipt(second).orElseThrow().logs()).isEmpty();
        assertThat(balance(to)).isEqualTo(10);
    }

    @Test
    void givesWhatATransactionAskedForOnceItIsInABlock() {
        Address to = on().join().account();
        Slots.Payload batch = issue(5, to);
        long count = count(Node.LATEST);
        Hash32 tx = send(count, batch);

        assertThat(on().node().sent(List.of(tx))).isEmpty();
        assertThat(count(Node.PENDING)).isEqualTo(count + 1);
        on().mine();

        Node.Sent sent = on().node().sent(List.of(tx, Mix.hash(4711))).getFirst();
        assertThat(sent.tx()).isEqualTo(tx);
        assertThat(sent.from()).isEqualTo(on().deployed().relayer());
        assertThat(sent.to()).isEqualTo(batch.target());
        assertThat(new CallReader(sent.data()).issues().orElseThrow())
                .containsExactly(
                        new CallReader.Item(to, BigInteger.valueOf(5), new IntentId(Mix.hash(1))));
    }

    @Test
    void readsTheRequestsOfABatch() {
        Member payer = on().join();
        CallReader.Request one =
                request(payer, Address.ZERO, 3, 7, Instant.ofEpochSecond(4_000_000_000L));
        CallReader.Request two =
                request(payer, Address.ZERO, 4, 8, Instant.ofEpochSecond(4_000_000_000L));

        List<CallReader.Request> read =
                new CallReader(forward(one, two).data()).requests().orElseThrow();

        assertThat(read).hasSize(2);
        assertThat(read.getLast().from()).isEqualTo(payer.account());
        assertThat(read.getLast().data()).isEqualTo(two.data());
        assertThat(read.getLast().signature()).isEqualTo(two.signature());
        assertThat(on().requests().signed(read.getLast(), BigInteger.valueOf(8))).isTrue();
        assertThat(on().requests().signed(read.getLast(), BigInteger.valueOf(7))).isFalse();
    }

    @Test
    void executesTheRequestsOfABatchApart() {
        Member payer = on().join();
        Address payee = on().join().account();
        send(count(Node.LATEST), issue(100, payer.account()));
        on().mine();
        Instant later = on().node().head().time().plusSeconds(600);
        Instant before = on().node().head().time().minusSeconds(600);

        Hash32 batch =
                send(
                        count(Node.LATEST),
                        forward(
                                request(payer, payee, 30, 0, later),
                                request(payer, payee, 20, 7, later),
                                request(payer, payee, 10, 1, before),
                                request(payer, payee, 900, 1, later),
                                request(payer, payee, 5, 2, later)));
        on().mine();
        Node.Receipt receipt = on().node().receipt(batch).orElseThrow();

        assertThat(receipt.succeeded()).isTrue();
        assertThat(outcomes(receipt)).containsExactly("0 true", "1 false", "2 true");
        assertThat(balance(payee)).isEqualTo(35);
        assertThat(balance(payer.account())).isEqualTo(65);
    }

    @Test
    void saysWhyACallWouldRevert() {
        Member payer = on().join();
        byte[] call = transfer(on().join().account(), 7);
        byte[] data = Arrays.copyOf(call, call.length + Address.LENGTH);
        System.arraycopy(payer.account().bytes(), 0, data, call.length, Address.LENGTH);
        Node.Tried tried =
                new Node.Tried(
                        on().deployed().at(ContractKind.FORWARDER),
                        on().deployed().at(ContractKind.POINTS),
                        data,
                        null);

        for (int i = 0; i < 2; i++) {
            boolean estimated = i == 0;
            NodeRefused refused =
                    catchThrowableOfType(
                            NodeRefused.class,
                            () -> {
                                if (estimated) {
                                    on().node().estimateGas(tried);
                                } else {
                                    on().node().call(tried, Node.LATEST);
                                }
                            });
            assertThat(ContractErrors.isRevert(refused)).isTrue();
            assertThat(ERRORS.refusal(refused).code())
                    .isEqualTo("contract.ERC20InsufficientBalance");
        }
    }

    @Test
    void rehearsesCallsInARowAsTheForwarderWouldMakeThem() {
        Member payer = on().join();
        Member middle = on().join();
        Address payee = on().join().account();
        send(count(Node.LATEST), issue(100, payer.account()));
        on().mine();
        Instant later = on().node().head().time().plusSeconds(600);
        send(count(Node.LATEST), forward(request(payer, payee, 30, 0, later)));
        on().mine();

        List<Node.Rehearsed> came =
                on().node()
                        .rehearse(
                                on().deployed().at(ContractKind.FORWARDER),
                                List.of(
                                        act(middle, payee, 60),
                                        act(payer, middle.account(), 60),
                                        act(middle, payee, 60),
                                        act(payer, payee, 60)));

        assertThat(came)
                .extracting(Node.Rehearsed::succeeded)
                .containsExactly(false, true, true, false);
        assertThat(came).extracting(Node.Rehearsed::nonce).containsExactly(0L, 1L, 0L, 1L);
        assertThat(came.get(1).gas()).isBetween(5_000L, 90_000L);
        assertThat(ERRORS.refusal(came.getFirst().revertData()).code())
                .isEqualTo("contract.ERC20InsufficientBalance");
        assertThat(balance(payer.account())).isEqualTo(70);
        assertThat(on().node().rehearse(on().deployed().at(ContractKind.FORWARDER), List.of()))
                .isEmpty();
    }

    private Node.Act act(Member from, Address to, long amount) {
        return new Node.Act(
                from.account(), on().deployed().at(ContractKind.POINTS), transfer(to, amount));
    }

    @Test
    void givesTheSameLogsByBlockByRangeAndByReceipt() {
        on().mine();
        Address one = on().join().account();
        long count = count(Node.LATEST);
        Hash32 first = send(count, issue(3, one, on().join().account()));
        Hash32 second = send(count + 1, issue(4, one));
        on().mine();
        on().mine();
        Node.Header header =
                on().node().header(Node.tag(on().node().head().number() - 1)).orElseThrow();
        Set<Address> points = Set.of(on().deployed().at(ContractKind.POINTS));

        List<String> byBlock = names(on().node().logs(points, header.hash()));
        List<Node.Log> byReceipt = new ArrayList<>();
        on().node()
                .receipts(on().node().transactions(header.hash()))
                .forEach(receipt -> byReceipt.addAll(receipt.logs()));

        assertThat(on().node().transactions(header.hash())).containsExactly(first, second);
        assertThat(byBlock).hasSize(5);
        assertThat(names(on().node().logs(points, header.number() - 1, header.number() + 1)))
                .isEqualTo(byBlock);
        assertThat(names(byReceipt)).isEqualTo(byBlock);
        assertThat(byReceipt).extracting(Node.Log::index).containsExactly(0, 1, 2, 3, 4);
        assertThat(Bloom.isOf(header.bloom(), byReceipt)).isTrue();
        assertThat(Bloom.isOf(header.bloom(), byReceipt.subList(0, 4))).isFalse();
        assertThat(Bloom.mayHold(header.bloom(), points)).isTrue();
        assertThat(Bloom.mayHold(on().node().head().bloom(), points)).isFalse();
    }

    @Test
    void forgetsWhatAReorgTookAway() {
        on().mine();
        long count = count(Node.LATEST);
        long height = on().node().head().number();
        Object mark = on().mark();
        Hash32 tx = send(count, issue(9, on().join().account()));
        on().mine();
        Node.Header left = on().node().head();

        on().backTo(mark);

        assertThat(on().node().head().number()).isEqualTo(height);
        assertThat(on().node().receipt(tx)).isEmpty();
        assertThat(count(Node.LATEST)).isEqualTo(count);
        assertThatThrownBy(() -> on().node().transactions(left.hash()))
                .isInstanceOf(NodeUnavailable.class);
        on().mine();
        on().mine();
        assertThat(on().node().header(Node.tag(height + 1)).orElseThrow().hash())
                .isNotEqualTo(left.hash());
    }

    private void again(byte[] raw) {
        try {
            on().node().broadcast(raw);
        } catch (NodeRefused e) {
            assertThat(e.getMessage()).isNotEmpty(); // some nodes say so, others do not
        }
    }

    private long count(String tag) {
        return on().node().transactionCount(on().deployed().relayer(), tag);
    }

    private Fees fees() {
        return Fees.current(on().node(), SimulatedProcess.PROPERTIES.maxFeePerGas());
    }

    private Hash32 send(long nonce, Slots.Payload payload) {
        byte[] raw = sign(nonce, payload, fees());
        on().node().broadcast(raw);
        return hash(raw);
    }

    private byte[] sign(long nonce, Slots.Payload payload, Fees fees) {
        return on().signing()
                .transaction(
                        new Slots.Place(1, on().deployed().relayer(), nonce),
                        payload,
                        fees,
                        on().deployed().chainId());
    }

    private static Hash32 hash(byte[] raw) {
        return Hash32.of(Hash.sha3(raw));
    }

    private Node.Tried tried(Slots.Payload payload) {
        return new Node.Tried(on().deployed().relayer(), payload.target(), payload.data(), null);
    }

    private long balance(Address account) {
        return new BigInteger(
                        1,
                        on().node()
                                .call(
                                        new Node.Tried(
                                                Address.ZERO,
                                                on().deployed().at(ContractKind.POINTS),
                                                encode(
                                                        new Function(
                                                                Points.FUNC_BALANCEOF,
                                                                List.of(address(account)),
                                                                List.of())),
                                                null),
                                        Node.LATEST))
                .longValueExact();
    }

    private Slots.Payload issue(long amount, Address... to) {
        List<Points.Issue> items = new ArrayList<>();
        for (Address one : to) {
            items.add(
                    new Points.Issue(
                            one.toString(), BigInteger.valueOf(amount), Mix.hash(1).bytes()));
        }
        byte[] batch = Mix.hash(Mix.of(Instant.now().toEpochMilli()) + System.nanoTime()).bytes();
        return new Slots.Payload(
                on().deployed().at(ContractKind.POINTS),
                encode(
                        new Function(
                                Points.FUNC_ISSUE,
                                List.of(
                                        new Bytes32(batch),
                                        new DynamicArray<>(Points.Issue.class, items)),
                                List.of())),
                BigInteger.valueOf(500_000));
    }

    private CallReader.Request request(
            Member payer, Address payee, long amount, long nonce, Instant deadline) {
        return on().requests()
                .sign(
                        List.of(
                                new ForwardRequests.Draft(
                                        payer.id(),
                                        payer.account(),
                                        ContractKind.POINTS,
                                        transfer(payee, amount),
                                        BigInteger.valueOf(100_000),
                                        BigInteger.valueOf(nonce),
                                        deadline)))
                .getFirst();
    }

    private Slots.Payload forward(CallReader.Request... requests) {
        return new Slots.Payload(
                on().deployed().at(ContractKind.FORWARDER),
                encode(
                        new Function(
                                ERC2771Forwarder.FUNC_EXECUTEBATCH,
                                List.of(
                                        new DynamicArray<>(
                                                ERC2771Forwarder.ForwardRequestData.class,
                                                Arrays.stream(requests)
                                                        .map(NodeFacts::struct)
                                                        .toList()),
                                        address(on().deployed().relayer())),
                                List.of())),
                BigInteger.valueOf(1_500_000));
    }

    /** A request as web3j has it, whose encoder knows nothing of ours. */
    static ERC2771Forwarder.ForwardRequestData struct(CallReader.Request request) {
        return new ERC2771Forwarder.ForwardRequestData(
                request.from().toString(),
                request.to().toString(),
                request.value(),
                request.gas(),
                request.deadline(),
                request.data(),
                request.signature());
    }

    private static byte[] transfer(Address to, long amount) {
        return encode(
                new Function(
                        Points.FUNC_TRANSFER,
                        List.of(address(to), new org.web3j.abi.datatypes.generated.Uint256(amount)),
                        List.of()));
    }

    private static org.web3j.abi.datatypes.Address address(Address account) {
        return new org.web3j.abi.datatypes.Address(account.toString());
    }

    private static byte[] encode(Function function) {
        return Numeric.hexStringToByteArray(FunctionEncoder.encode(function));
    }

    /** Nonce and success of each request that the forwarder's logs name. */
    private List<String> outcomes(Node.Receipt receipt) {
        return receipt.logs().stream()
                .filter(log -> log.address().equals(on().deployed().at(ContractKind.FORWARDER)))
                .map(log -> new BigInteger(1, log.data(), 0, 32) + " " + (log.data()[63] == 1))
                .toList();
    }

    private static List<String> names(List<Node.Log> logs) {
        return logs.stream()
                .map(log ->
                        log.block()
                                + " "
                                + log.blockHash()
                                + " "
                                + log.tx()
                                + " "
                                + log.txIndex()
                                + " "
                                + log.index()
                                + " "
                                + log.topics()
                                + " "
                                + Numeric.toHexString(log.data()))
                .toList();
    }
}
