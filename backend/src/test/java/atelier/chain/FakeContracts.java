package atelier.chain;

import atelier.contracts.ERC2771Forwarder;
import atelier.contracts.Points;
import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.web3j.abi.EventEncoder;
import org.web3j.crypto.Hash;

/**
 * What the forwarder and Points do, said in Java: enough of them for the sender and the reader to
 * meet every outcome that they can have on a chain.
 */
final class FakeContracts {

    /** Everything the contracts remember, and the accounts' nonces; a block keeps its own copy. */
    static final class State {
        final Map<Address, Long> nonces;
        final Map<Address, Long> points;
        final Map<Address, Long> forwardNonces;
        final Set<Hash32> batches;
        long supply;
        long epoch;
        long supplyBefore;
        int policy;

        State() {
            nonces = new HashMap<>();
            points = new HashMap<>();
            forwardNonces = new HashMap<>();
            batches = new HashSet<>();
            policy = 1;
        }

        private State(State other) {
            nonces = new HashMap<>(other.nonces);
            points = new HashMap<>(other.points);
            forwardNonces = new HashMap<>(other.forwardNonces);
            batches = new HashSet<>(other.batches);
            supply = other.supply;
            epoch = other.epoch;
            supplyBefore = other.supplyBefore;
            policy = other.policy;
        }

        State copy() {
            return new State(this);
        }

        long points(Address account) {
            return points.getOrDefault(account, 0L);
        }
    }

    /** A log before it has a place. */
    @SuppressWarnings("ArrayRecordComponent")
    record Emitted(Address address, List<Hash32> topics, byte[] data) {}

    /** What a transaction or a call did. */
    static final class Trace {
        final List<Emitted> logs = new ArrayList<>();
        final List<IntentId> executed = new ArrayList<>();
        long gas;
    }

    /** A call that reverts, with what it returns. */
    static final class Revert extends Exception {
        final byte[] data;

        Revert(byte[] data) {
            super("execution reverted", null, false, false);
            this.data = data;
        }
    }

    static final Address POINTS = Address.parse("0x00000000000000000000000000000000000a0001");
    static final Address FORWARDER = Address.parse("0x00000000000000000000000000000000000a0002");
    static final Address DEPLOYER = Address.parse("0x00000000000000000000000000000000000a0003");
    static final Address RELAYER = Address.parse("0x00000000000000000000000000000000000a0004");

    /** As many as a community may have here; the first is there from the start. */
    static final List<Address> RELAYERS =
            List.of(
                    RELAYER,
                    Address.parse("0x00000000000000000000000000000000000a0006"),
                    Address.parse("0x00000000000000000000000000000000000a0007"));

    /** Units that may be issued in an epoch, and an epoch's seconds. */
    static final long BUDGET = 40_000;

    static final long EPOCH = 400;

    private static final int WORD = 32;
    private static final int SELECTOR = 4;
    private static final int TRANSFER = selector("transfer(address,uint256)");
    private static final int ISSUE = selector("issue(bytes32,(address,uint96,bytes32)[])");
    private static final int SET_POLICY = selector("setPolicy(uint8)");
    private static final int BALANCE_OF = selector("balanceOf(address)");
    private static final int NONCES = selector("nonces(address)");
    private static final int EXECUTE_BATCH =
            selector(
                    "executeBatch((address,address,uint256,uint256,uint48,bytes,bytes)[],address)");
    private static final Hash32 TRANSFERRED = topic(EventEncoder.encode(Points.TRANSFER_EVENT));
    private static final Hash32 ISSUED = topic(EventEncoder.encode(Points.ISSUED_EVENT));
    private static final Hash32 POLICY_CHANGED =
            topic(EventEncoder.encode(Points.POLICYCHANGED_EVENT));
    private static final Hash32 FORWARDED =
            topic(EventEncoder.encode(ERC2771Forwarder.EXECUTEDFORWARDREQUEST_EVENT));
    private static final byte[] NO_DATA = new byte[0];

    private FakeContracts() {}

    static Map<ContractKind, Address> addresses() {
        Map<ContractKind, Address> addresses = new EnumMap<>(ContractKind.class);
        addresses.put(ContractKind.POINTS, POINTS);
        addresses.put(ContractKind.FORWARDER, FORWARDER);
        return addresses;
    }

    /** Runs a call on a state, which is left half changed if it reverts: give it a copy. */
    static byte[] run(
            State state,
            Address from,
            @Nullable Address to,
            byte[] data,
            long gas,
            long time,
            Trace trace)
            throws Revert {
        trace.gas += 21_000 + calldataGas(data);
        byte[] result = NO_DATA;
        if (to != null && to.equals(FORWARDER)) {
            result = forwarder(state, data, time, trace);
        } else if (to != null && to.equals(POINTS) && selector(data) == BALANCE_OF) {
            result = word(state.points(address(data, SELECTOR)));
        } else if (to != null && to.equals(POINTS)) {
            points(state, from, data, time, trace);
        }
        if (trace.gas > gas) {
            trace.gas = gas;
            throw new Revert(NO_DATA);
        }
        return result;
    }

    /** Runs a call as the forwarder makes it, on a state of its own. */
    static void act(State state, Node.Act act, long time, Trace trace) throws Revert {
        points(state, act.from(), act.data(), time, trace);
    }

    private static long calldataGas(byte[] data) {
        long gas = 0;
        for (byte one : data) {
            gas += one == 0 ? 4 : 16;
        }
        return gas;
    }

    /** What a signature of a forward request is worth here: a sum over all that it covers. */
    static byte[] signature(
            Address from, Address to, long gas, long nonce, long deadline, byte[] data) {
        ByteBuffer text = ByteBuffer.allocate(2 * Address.LENGTH + 3 * Long.BYTES + data.length);
        text.put(from.bytes()).put(to.bytes()).putLong(gas).putLong(nonce).putLong(deadline);
        text.put(data);
        return ByteBuffer.allocate(65).putLong(57, Mix.of(text.array())).array();
    }

    private static byte[] forwarder(State state, byte[] data, long time, Trace trace)
            throws Revert {
        int selector = selector(data);
        if (selector == NONCES) {
            return word(state.forwardNonces.getOrDefault(address(data, SELECTOR), 0L));
        }
        if (selector != EXECUTE_BATCH) {
            throw new Revert(NO_DATA);
        }
        int array = SELECTOR + integer(data, SELECTOR);
        int count = integer(data, array);
        for (int i = 0; i < count; i++) {
            int request = array + WORD + integer(data, array + WORD + WORD * i);
            forward(state, data, request, time, trace);
        }
        return NO_DATA;
    }

    /** With a refund receiver what is not valid is passed over in silence. */
    private static void forward(State state, byte[] data, int at, long time, Trace trace) {
        Address from = address(data, at);
        Address to = address(data, at + WORD);
        long gas = number(data, at + 3 * WORD);
        long deadline = number(data, at + 4 * WORD);
        byte[] call = bytes(data, at + integer(data, at + 5 * WORD));
        byte[] signature = bytes(data, at + integer(data, at + 6 * WORD));
        long nonce = state.forwardNonces.getOrDefault(from, 0L);
        trace.gas += 10_000;
        if (deadline < time
                || !to.equals(POINTS)
                || !Arrays.equals(signature, signature(from, to, gas, nonce, deadline, call))) {
            return;
        }
        state.forwardNonces.put(from, nonce + 1);
        trace.gas += nonce == 0 ? 22_000 : 5_000;
        Trace inner = new Trace();
        boolean success;
        try {
            points(state, from, call, time, inner);
            success = inner.gas <= gas;
        } catch (Revert e) {
            success = false;
        }
        trace.gas += Math.min(inner.gas, gas);
        if (success) {
            trace.logs.addAll(inner.logs);
            trace.executed.addAll(inner.executed);
        }
        trace.logs.add(
                new Emitted(
                        FORWARDER,
                        List.of(FORWARDED, padded(from)),
                        concat(word(nonce), word(success ? 1 : 0))));
    }

    private static void points(State state, Address from, byte[] data, long time, Trace trace)
            throws Revert {
        int selector = selector(data);
        if (selector == TRANSFER) {
            transfer(state, from, data, trace);
        } else if (selector == ISSUE) {
            issue(state, from, data, time, trace);
        } else if (selector == SET_POLICY) {
            setPolicy(state, from, data, trace);
        } else {
            throw new Revert(NO_DATA);
        }
    }

    private static void transfer(State state, Address from, byte[] data, Trace trace)
            throws Revert {
        Address to = address(data, SELECTOR);
        long amount = number(data, SELECTOR + WORD);
        long balance = state.points(from);
        trace.gas += state.points(to) == 0 ? 52_000 : 35_000;
        if (balance < amount) {
            throw new Revert(
                    concat(
                            error(Points.ERC20INSUFFICIENTBALANCE_ERROR),
                            padded(from).bytes(),
                            word(balance),
                            word(amount)));
        }
        move(state, from, to, amount, trace);
        if (data.length >= SELECTOR + 3 * WORD) {
            trace.executed.add(new IntentId(hash(data, SELECTOR + 2 * WORD)));
        }
    }

    private static void issue(State state, Address from, byte[] data, long time, Trace trace)
            throws Revert {
        Hash32 batch = hash(data, SELECTOR);
        int array = SELECTOR + integer(data, SELECTOR + WORD);
        int count = integer(data, array);
        trace.gas += 50_000 + 26_000L * count;
        if (state.batches.contains(batch)) {
            throw new Revert(concat(error(Points.BATCHUSED_ERROR), batch.bytes()));
        }
        if (!RELAYERS.contains(from)) {
            throw new Revert(concat(error(Points.NOTISSUER_ERROR), padded(from).bytes()));
        }
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += number(data, array + WORD + 3 * WORD * i + WORD);
        }
        spendBudget(state, total, time);
        state.batches.add(batch);
        for (int i = 0; i < count; i++) {
            int item = array + WORD + 3 * WORD * i;
            Address to = address(data, item);
            move(state, Address.ZERO, to, number(data, item + WORD), trace);
            trace.executed.add(new IntentId(hash(data, item + 2 * WORD)));
        }
        state.supply += total;
        trace.logs.add(
                new Emitted(
                        POINTS,
                        List.of(ISSUED, batch, Hash32.of(word(state.epoch))),
                        concat(word(count), word(total))));
    }

    private static void spendBudget(State state, long wanted, long time) throws Revert {
        long epoch = time / EPOCH;
        if (state.epoch != epoch) {
            state.epoch = epoch;
            state.supplyBefore = state.supply;
        }
        long left = Math.max(0, BUDGET - (state.supply - state.supplyBefore));
        if (wanted > left) {
            throw new Revert(
                    concat(error(Points.ISSUANCEBUDGETEXCEEDED_ERROR), word(wanted), word(left)));
        }
    }

    private static void setPolicy(State state, Address from, byte[] data, Trace trace)
            throws Revert {
        trace.gas += 40_000;
        if (!from.equals(DEPLOYER)) {
            throw new Revert(
                    concat(error(Points.ACCESSMANAGEDUNAUTHORIZED_ERROR), padded(from).bytes()));
        }
        int policy = integer(data, SELECTOR);
        trace.logs.add(
                new Emitted(
                        POINTS, List.of(POLICY_CHANGED), concat(word(state.policy), word(policy))));
        state.policy = policy;
        if (data.length >= SELECTOR + 2 * WORD) {
            trace.executed.add(new IntentId(hash(data, SELECTOR + WORD)));
        }
    }

    private static void move(State state, Address from, Address to, long amount, Trace trace) {
        if (!from.equals(Address.ZERO)) {
            state.points.merge(from, -amount, Long::sum);
        }
        state.points.merge(to, amount, Long::sum);
        trace.logs.add(
                new Emitted(POINTS, List.of(TRANSFERRED, padded(from), padded(to)), word(amount)));
    }

    static byte[] transferCall(Address to, long amount) {
        return concat(intBytes(TRANSFER), padded(to).bytes(), word(amount));
    }

    /** A batch of one request, signed. */
    static byte[] batchCall(
            Address from, Address to, long gas, long nonce, long deadline, byte[] call) {
        return batchCall(
                List.of(
                        new CallReader.Request(
                                from,
                                to,
                                BigInteger.ZERO,
                                BigInteger.valueOf(gas),
                                BigInteger.valueOf(deadline),
                                call,
                                signature(from, to, gas, nonce, deadline, call))));
    }

    /** A batch of requests as they were signed. */
    static byte[] batchCall(List<CallReader.Request> requests) {
        byte[] offsets = new byte[0];
        byte[] tail = new byte[0];
        for (CallReader.Request request : requests) {
            offsets = concat(offsets, word((long) WORD * requests.size() + tail.length));
            tail = concat(tail, encoded(request));
        }
        return concat(
                intBytes(EXECUTE_BATCH),
                word(2 * WORD),
                padded(FORWARDER).bytes(),
                word(requests.size()),
                offsets,
                tail);
    }

    private static byte[] encoded(CallReader.Request request) {
        byte[] call = request.data();
        int padded = (call.length + WORD - 1) / WORD * WORD;
        return concat(
                padded(request.from()).bytes(),
                padded(request.to()).bytes(),
                word(0),
                word(request.gas().longValueExact()),
                word(request.deadline().longValueExact()),
                word(7 * WORD),
                word(8 * WORD + padded),
                word(call.length),
                Arrays.copyOf(call, padded),
                word(65),
                Arrays.copyOf(request.signature(), 3 * WORD));
    }

    static byte[] policyCall(int policy) {
        return concat(intBytes(SET_POLICY), word(policy));
    }

    /** From, to and amount if this log is a transfer of points. */
    static @Nullable Movement movement(Node.Log log) {
        return log.address().equals(POINTS)
                        && log.topics().size() == 3
                        && log.topics().getFirst().equals(TRANSFERRED)
                ? new Movement(
                        address(log.topics().get(1).bytes(), 0),
                        address(log.topics().get(2).bytes(), 0),
                        number(log.data(), 0))
                : null;
    }

    /** A transfer of points. */
    record Movement(Address from, Address to, long amount) {}

    private static Hash32 topic(String hex) {
        return Hash32.parse(hex);
    }

    private static int selector(String signature) {
        return ByteBuffer.wrap(Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII))).getInt();
    }

    private static int selector(byte[] data) {
        return data.length < SELECTOR ? 0 : ByteBuffer.wrap(data).getInt();
    }

    private static byte[] error(org.web3j.abi.datatypes.CustomError error) {
        return Arrays.copyOf(
                org.web3j.utils.Numeric.hexStringToByteArray(
                        org.web3j.abi.CustomErrorEncoder.encode(error)),
                SELECTOR);
    }

    private static byte[] intBytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static byte[] word(long number) {
        return ByteBuffer.allocate(WORD).putLong(WORD - Long.BYTES, number).array();
    }

    private static Hash32 padded(Address address) {
        return Hash32.of(
                ByteBuffer.allocate(WORD).put(WORD - Address.LENGTH, address.bytes()).array());
    }

    private static long number(byte[] data, int at) {
        return ByteBuffer.wrap(data).getLong(at + WORD - Long.BYTES);
    }

    private static int integer(byte[] data, int at) {
        return Math.toIntExact(number(data, at));
    }

    private static Address address(byte[] data, int at) {
        return Address.of(Arrays.copyOfRange(data, at + WORD - Address.LENGTH, at + WORD));
    }

    private static Hash32 hash(byte[] data, int at) {
        return Hash32.of(Arrays.copyOfRange(data, at, at + WORD));
    }

    private static byte[] bytes(byte[] data, int at) {
        return Arrays.copyOfRange(data, at + WORD, at + WORD + integer(data, at));
    }

    private static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
