package atelier.chain;

import atelier.chain.Node.Act;
import atelier.chain.Node.Rehearsed;
import atelier.contracts.Points;
import atelier.kernel.Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The contract that plays members' calls in a row, put in the forwarder's place for one question;
 * it never is on a chain.
 */
final class Rehearsal {

    /** The most that one call may take. */
    static final long GAS_EACH = 8_000_000;

    private static final int WORD = 32;
    private static final String CODE = "0x" + code();

    private Rehearsal() {}

    /** What {@code eth_call} is asked: the call, the block, and whose code is another for it. */
    static JsonRpc.Request question(Address forwarder, List<Act> acts) {
        String data = atelier.kernel.Bytes.hex(Calldata.rehearse(acts, GAS_EACH));
        return JsonRpc.Request.of(
                "eth_call",
                Map.of("to", forwarder.toString(), "data", data),
                Node.LATEST,
                Map.of(forwarder.toString(), Map.of("code", CODE)));
    }

    /**
     * Reads the contract's answer.
     *
     * @throws IndexOutOfBoundsException if it is none
     */
    static List<Rehearsed> read(byte[] answer) {
        int array = integer(answer, 0);
        int count = integer(answer, array);
        List<Rehearsed> outcomes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = array + WORD + integer(answer, array + WORD + WORD * i);
            int data = at + integer(answer, at + 3 * WORD);
            outcomes.add(
                    new Rehearsed(
                            integer(answer, at) == 1,
                            number(answer, at + WORD),
                            number(answer, at + 2 * WORD),
                            Arrays.copyOfRange(
                                    answer, data + WORD, data + WORD + integer(answer, data))));
        }
        return outcomes;
    }

    private static int integer(byte[] answer, int at) {
        return Math.toIntExact(number(answer, at));
    }

    private static long number(byte[] answer, int at) {
        return ByteBuffer.wrap(answer).getLong(at + WORD - Long.BYTES);
    }

    private static String code() {
        try (InputStream code = Points.class.getResourceAsStream("runtime/Rehearsal.bin")) {
            if (code == null) {
                throw new IllegalStateException("contracts was built without the rehearsal");
            }
            return new String(code.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
