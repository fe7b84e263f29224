package atelier.media;

import static java.nio.charset.StandardCharsets.US_ASCII;

import atelier.kernel.Refused;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.springframework.core.io.ByteArrayResource;

/**
 * Keeps of a JPEG its tables, frames, scans and colour profile (ITU T.81); the Exif block is read
 * for the orientation and dropped.
 */
final class JpegSieve {

    private static final int MARK = 0xff;
    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int RESTART_FIRST = 0xd0;
    private static final int RESTART_LAST = 0xd7;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int COLOURS_CMYK = 4;

    /** A decoder works through the whole surface once a scan; cameras use about ten. */
    private static final int MOST_SCANS = 64;

    private static final byte[] PLAIN_JFIF = {
        (byte) MARK, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
    };

    private final ByteBuffer in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private Orientation orientation = Orientation.UPRIGHT;
    private boolean jfif;
    private boolean exif;
    private boolean adobe;
    private int width;
    private int height;
    private int scans;

    JpegSieve(ByteBuffer in) {
        this.in = in;
    }

    Sifted sift() {
        in.position(2);
        int marker = marker();
        while (marker != END) {
            segment(marker);
            marker = marker();
        }
        if (scans == 0) {
            throw Limits.broken();
        }
        return new Sifted(
                Format.JPEG, width, height, false, orientation, new ByteArrayResource(clean()));
    }

    private int marker() {
        if (octet() != MARK) {
            throw Limits.broken();
        }
        int marker = octet();
        while (marker == MARK) {
            marker = octet();
        }
        return marker;
    }

    private void segment(int marker) {
        int start = in.position();
        ByteBuffer body =
                Sieve.take(in, Short.toUnsignedInt(in.getShort(start))).position(2).slice();
        switch (marker) {
            case APP0 -> jfif |= begins(body, "JFIF");
            case APP1 -> readExif(body);
            case APP2 -> keepIf(begins(body, "ICC_PROFILE"), marker, start);
            case APP14 -> {
                adobe |= begins(body, "Adobe");
                keepIf(begins(body, "Adobe"), marker, start);
            }
            case 0xdb, 0xc4, 0xdd, 0xcc -> keepIf(true, marker, start);
            case SCAN -> scan(start);
            default -> frameOrNothing(marker, body, start);
        }
    }

    private void frameOrNothing(int marker, ByteBuffer body, int start) {
        boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc8;
        if (frame) {
            measure(body);
        } else if (marker < APP0) {
            throw Limits.broken();
        }
        keepIf(frame, marker, start);
    }

    private void measure(ByteBuffer frame) {
        if (width != 0) {
            throw Limits.broken();
        }
        height = Short.toUnsignedInt(frame.getShort(1));
        width = Short.toUnsignedInt(frame.getShort(3));
        Limits.check(width, height);
        if (frame.get(5) == COLOURS_CMYK) {
            throw Refused.invalid("picture.colours");
        }
    }

    private void scan(int start) {
        scans++;
        if (width == 0 || scans > MOST_SCANS) {
            throw Limits.broken();
        }
        skipEntropyCoded();
        keepIf(true, SCAN, start);
    }

    /** Moves to the next marker that is neither a stuffed byte nor a restart. */
    private void skipEntropyCoded() {
        while (true) {
            if (octet() == MARK) {
                int next = Byte.toUnsignedInt(in.get(in.position()));
                boolean inside = next == 0 || (next >= RESTART_FIRST && next <= RESTART_LAST);
                if (!inside && next != MARK) {
                    in.position(in.position() - 1);
                    return;
                }
            }
        }
    }

    private void readExif(ByteBuffer body) {
        if (begins(body, "Exif\0\0")) {
            exif = true;
            orientation = Orientation.read(body.slice(6, body.remaining() - 6));
        }
    }

    private void keepIf(boolean keep, int marker, int start) {
        if (keep) {
            kept.write(MARK);
            kept.write(marker);
            kept.writeBytes(Sieve.bytes(in.slice(start, in.position() - start)));
        }
    }

    /**
     * Decoders take the colours for YCbCr where they see JFIF or Exif: a bare JFIF mark says so.
     */
    private byte[] clean() {
        ByteArrayOutputStream clean = new ByteArrayOutputStream(kept.size() + 64);
        clean.write(MARK);
        clean.write(START);
        if (jfif || (exif && !adobe)) {
            clean.writeBytes(PLAIN_JFIF);
        }
        clean.writeBytes(kept.toByteArray());
        clean.write(MARK);
        clean.write(END);
        return clean.toByteArray();
    }

    private int octet() {
        return Byte.toUnsignedInt(in.get());
    }

    private static boolean begins(ByteBuffer body, String text) {
        return body.remaining() >= text.length()
                && US_ASCII.decode(body.slice(0, text.length())).toString().equals(text);
    }
}
