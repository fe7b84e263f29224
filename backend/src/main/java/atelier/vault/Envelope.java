package atelier.vault;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpString;

/**
 * An EIP-1559 transaction in its bytes: a type, and an RLP list that the signature ends. All before
 * the signature is as it was signed, so hundreds of requests need not be encoded a second time.
 */
final class Envelope {

    private static final int SHORT_LIST = 0xc0;
    private static final int LONG_LIST = 0xf7;
    private static final int HALF = 32;

    private Envelope() {}

    /** The bytes that were signed, with their signature. */
    static byte[] signed(byte[] unsigned, Signature signature) {
        byte[] rsv = signature.rsv();
        byte[] end =
                join(
                        number(BigInteger.valueOf(signature.recoveryId())),
                        number(new BigInteger(1, rsv, 0, HALF)),
                        number(new BigInteger(1, rsv, HALF, HALF)));
        int from = 1 + headLength(unsigned[1] & 0xff);
        int body = unsigned.length - from;
        byte[] head = head(body + end.length);
        return ByteBuffer.allocate(1 + head.length + body + end.length)
                .put(unsigned[0])
                .put(head)
                .put(unsigned, from, body)
                .put(end)
                .array();
    }

    private static int headLength(int first) {
        return first <= LONG_LIST ? 1 : 1 + first - LONG_LIST;
    }

    /** What an RLP list of so many bytes begins with. */
    private static byte[] head(int length) {
        if (length <= LONG_LIST - SHORT_LIST) {
            return new byte[] {(byte) (SHORT_LIST + length)};
        }
        byte[] size = BigInteger.valueOf(length).toByteArray();
        int sign = size[0] == 0 ? 1 : 0;
        byte[] head = new byte[1 + size.length - sign];
        head[0] = (byte) (LONG_LIST + head.length - 1);
        System.arraycopy(size, sign, head, 1, head.length - 1);
        return head;
    }

    private static byte[] number(BigInteger number) {
        return RlpEncoder.encode(RlpString.create(number));
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
