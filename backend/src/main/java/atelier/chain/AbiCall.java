package atelier.chain;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Hash;

/**
 * A call of a contract's function as the ABI has it, argument by argument; a struct of fixed length
 * is its members. For what members ask for often: web3j's bindings and encoder take several times
 * as long for one of those as for all else that recording it needs.
 */
public final class AbiCall {

    private static final int WORD = 32;

    /** A function, by the first bytes of its signature's hash. */
    public static final class Function {

        private static final int SELECTOR = 4;

        private final byte[] selector;

        private Function(byte[] selector) {
            this.selector = selector;
        }

        /** By its signature in the ABI's own words, such as {@code transfer(address,uint256)}. */
        public static Function of(String signature) {
            byte[] hash = Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII));
            return new Function(Arrays.copyOf(hash, SELECTOR));
        }

        /** A call of it, to which arguments are added in their order. */
        public AbiCall call() {
            return new AbiCall(selector);
        }
    }

    /** An argument's word; where it is of no fixed length, what the word's offset leads to. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Argument(byte[] word, byte @Nullable [] tail) {}

    private final byte[] selector;
    private final List<Argument> arguments = new ArrayList<>();

    private AbiCall(byte[] selector) {
        this.selector = selector;
    }

    public AbiCall address(Address address) {
        return word(address.bytes());
    }

    /** A number that is not negative. */
    public AbiCall number(BigInteger number) {
        return word(unsigned(number));
    }

    /** A number that is not negative. */
    public AbiCall number(long number) {
        return number(BigInteger.valueOf(number));
    }

    public AbiCall bytes32(Hash32 bytes) {
        return word(bytes.bytes());
    }

    /** {@code bytes}. */
    public AbiCall bytes(byte[] bytes) {
        int padded = (bytes.length + WORD - 1) / WORD * WORD;
        ByteBuffer tail = ByteBuffer.allocate(WORD + padded);
        put(tail, unsigned(BigInteger.valueOf(bytes.length)));
        tail.put(bytes);
        return tail(tail.array());
    }

    /** The calldata. */
    public byte[] encoded() {
        int heads = WORD * arguments.size();
        int tails = arguments.stream().mapToInt(AbiCall::tailLength).sum();
        ByteBuffer out = ByteBuffer.allocate(selector.length + heads + tails).put(selector);
        int place = heads;
        for (Argument argument : arguments) {
            boolean fixed = argument.tail() == null;
            put(out, fixed ? argument.word() : unsigned(BigInteger.valueOf(place)));
            place += tailLength(argument);
        }
        for (Argument argument : arguments) {
            if (argument.tail() != null) {
                out.put(argument.tail());
            }
        }
        return out.array();
    }

    private AbiCall word(byte[] bytes) {
        arguments.add(new Argument(bytes, null));
        return this;
    }

    private AbiCall tail(byte[] tail) {
        arguments.add(new Argument(new byte[0], tail));
        return this;
    }

    private static int tailLength(Argument argument) {
        return argument.tail() == null ? 0 : argument.tail().length;
    }

    private static byte[] unsigned(BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > WORD * Byte.SIZE) {
            throw new IllegalArgumentException("Not an unsigned number of a word: " + number);
        }
        byte[] bytes = number.toByteArray();
        return bytes.length > WORD ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    /** Numbers and addresses stand at a word's end. */
    private static void put(ByteBuffer out, byte[] bytes) {
        out.position(out.position() + WORD - bytes.length);
        out.put(bytes);
    }
}
