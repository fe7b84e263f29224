package atelier.profit;

import atelier.kernel.Address;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notes for everybody which events brought them what, while an epoch is counted: a few bytes each,
 * for there are millions.
 */
final class Trail implements Witness {

    private static final int SEVEN_BITS = 7;
    private static final int MORE = 1 << SEVEN_BITS;

    /** One of the events: where it is, and what it brought by a role. */
    record Step(Role role, MirroredFacts.Spot spot, BigInteger measure) {}

    private final Map<Address, ByteArrayOutputStream> byAccount = new HashMap<>();

    @Override
    public void sees(Epoch epoch, Address account, Role role, Fact fact, BigInteger measure) {
        ByteArrayOutputStream steps =
                byAccount.computeIfAbsent(account, _ -> new ByteArrayOutputStream());
        byte[] digits = measure.toByteArray();
        steps.write(Role.OF_ACCOUNTS.indexOf(role));
        write(fact.place().block(), steps);
        write(fact.place().index(), steps);
        write(digits.length, steps);
        steps.writeBytes(digits);
    }

    /** An account's steps, as they are kept. */
    byte[] of(Address account) {
        ByteArrayOutputStream steps = byAccount.get(account);
        return steps == null ? new byte[0] : steps.toByteArray();
    }

    /** Kept steps; those of one role are in their order. */
    static List<Step> read(byte[] kept) {
        ByteBuffer bytes = ByteBuffer.wrap(kept);
        List<Step> steps = new ArrayList<>();
        while (bytes.hasRemaining()) {
            Role role = Role.OF_ACCOUNTS.get(bytes.get());
            var spot = new MirroredFacts.Spot(number(bytes), Math.toIntExact(number(bytes)));
            byte[] digits = new byte[Math.toIntExact(number(bytes))];
            bytes.get(digits);
            steps.add(new Step(role, spot, new BigInteger(digits)));
        }
        return steps;
    }

    /** Seven bits a byte, the lowest first. */
    private static void write(long number, ByteArrayOutputStream bytes) {
        long rest = number;
        for (; rest >= MORE; rest >>>= SEVEN_BITS) {
            bytes.write((int) rest | MORE);
        }
        bytes.write((int) rest);
    }

    private static long number(ByteBuffer bytes) {
        long number = 0;
        int shift = 0;
        byte next = bytes.get();
        for (; next < 0; next = bytes.get()) {
            number |= (long) (next & (MORE - 1)) << shift;
            shift += SEVEN_BITS;
        }
        return number | (long) next << shift;
    }
}
