package atelier.media;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.zip.CRC32;
import org.springframework.core.io.ByteArrayResource;

/** Keeps of a PNG its size, palette, transparency and pixels (W3C PNG, third edition). */
final class PngSieve {

    private static final int SIGNATURE = 8;
    private static final int HEADER = 13;
    private static final int TYPE = 4;
    private static final int CHECKSUM = 4;
    private static final int DEEP = 16;
    private static final int ANCILLARY = 0x20;
    private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    private final ByteBuffer in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Orientation orientation = Orientation.UPRIGHT;

    PngSieve(ByteBuffer in) {
        this.in = in;
    }

    Sifted sift() {
        out.writeBytes(Sieve.bytes(Sieve.take(in, SIGNATURE)));
        ByteBuffer header = chunk("IHDR");
        int width = header.getInt();
        int height = header.getInt();
        int depth = header.get();
        Limits.check(width, height);
        boolean more = true;
        while (more) {
            more = next();
        }
        return new Sifted(
                Format.PNG,
                width,
                height,
                depth == DEEP,
                orientation,
                new ByteArrayResource(out.toByteArray()));
    }

    /** Takes one chunk; false after the end mark. */
    private boolean next() {
        String type = peek();
        if (KEPT.contains(type)) {
            chunk(type);
        } else {
            drop(type);
        }
        return !type.equals("IEND");
    }

    private String peek() {
        return US_ASCII.decode(in.slice(in.position() + Integer.BYTES, TYPE)).toString();
    }

    private ByteBuffer chunk(String expected) {
        ByteBuffer whole = whole();
        int length = whole.remaining() - Integer.BYTES - TYPE - CHECKSUM;
        ByteBuffer typed = whole.slice(Integer.BYTES, TYPE + length);
        if (!US_ASCII.decode(typed.slice(0, TYPE)).toString().equals(expected)
                || (expected.equals("IHDR") && length != HEADER)
                || checksum(typed) != whole.getInt(Integer.BYTES + TYPE + length)) {
            throw Limits.broken();
        }
        out.writeBytes(Sieve.bytes(whole));
        return typed.slice(TYPE, length);
    }

    private void drop(String type) {
        if ((type.charAt(0) & ANCILLARY) == 0) {
            throw Limits.broken();
        }
        ByteBuffer whole = whole();
        if (type.equals("eXIf")) {
            int length = whole.remaining() - Integer.BYTES - TYPE - CHECKSUM;
            orientation = Orientation.read(whole.slice(Integer.BYTES + TYPE, length));
        }
    }

    private ByteBuffer whole() {
        int length = in.getInt(in.position());
        if (length < 0 || length > in.remaining()) {
            throw Limits.broken();
        }
        return Sieve.take(in, Integer.BYTES + TYPE + length + CHECKSUM);
    }

    private static int checksum(ByteBuffer typed) {
        CRC32 crc = new CRC32();
        crc.update(typed.duplicate());
        return (int) crc.getValue();
    }
}
