package atelier.media;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.springframework.core.io.ByteArrayResource;

/** Keeps of a WebP its canvas, alpha and one still image (RFC 9649). */
final class WebpSieve {

    private static final int RIFF_HEADER = 8;
    private static final int FORM = 4;
    private static final int TYPE = 4;
    private static final int ANIMATED = 0x02;
    private static final int ALPHA = 0x10;
    private static final int LOW_14_BITS = 0x3fff;
    private static final int LOW_24_BITS = 0xffffff;
    private static final int LOSSY_START_CODE = 0x2a019d;
    private static final int LOSSLESS_SIGNATURE = 0x2f;

    private final ByteBuffer in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private Orientation orientation = Orientation.UPRIGHT;
    private boolean drawn;
    private int width;
    private int height;

    WebpSieve(ByteBuffer in) {
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    Sifted sift() {
        int size = in.getInt(TYPE);
        if (size < FORM || size > in.capacity() - RIFF_HEADER) {
            throw Limits.broken();
        }
        in.limit(RIFF_HEADER + size).position(RIFF_HEADER + FORM);
        while (in.remaining() > TYPE) {
            chunk();
        }
        if (!drawn) {
            throw Limits.broken();
        }
        return new Sifted(
                Format.WEBP, width, height, false, orientation, new ByteArrayResource(clean()));
    }

    private void chunk() {
        String type = US_ASCII.decode(Sieve.take(in, TYPE)).toString();
        int length = in.getInt();
        ByteBuffer body = Sieve.take(in, length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(Math.min(in.limit(), in.position() + (length & 1)));
        switch (type) {
            case "VP8X" -> canvas(body);
            case "VP8 " -> lossy(body);
            case "VP8L" -> lossless(body);
            case "ALPH" -> keep(type, body);
            case "ANIM", "ANMF" -> throw Sieve.unsupported();
            case "EXIF" -> orientation = Orientation.read(body);
            default -> {
                // Colour profile, XMP and unknown chunks fall through.
            }
        }
    }

    private void canvas(ByteBuffer body) {
        int flags = body.get(0);
        if ((flags & ANIMATED) != 0) {
            throw Sieve.unsupported();
        }
        size((body.getInt(4) & LOW_24_BITS) + 1, (body.getInt(6) >>> 8) + 1);
        byte[] header = Sieve.bytes(body);
        header[0] = (byte) (flags & ALPHA);
        keep("VP8X", ByteBuffer.wrap(header));
    }

    private void lossy(ByteBuffer body) {
        if ((body.getInt(3) & LOW_24_BITS) != LOSSY_START_CODE) {
            throw Limits.broken();
        }
        image("VP8 ", body, body.getShort(6) & LOW_14_BITS, body.getShort(8) & LOW_14_BITS);
    }

    private void lossless(ByteBuffer body) {
        if (body.get(0) != LOSSLESS_SIGNATURE) {
            throw Limits.broken();
        }
        int bits = body.getInt(1);
        image("VP8L", body, (bits & LOW_14_BITS) + 1, (bits >>> 14 & LOW_14_BITS) + 1);
    }

    private void image(String type, ByteBuffer body, int imageWidth, int imageHeight) {
        if (drawn) {
            throw Limits.broken();
        }
        size(imageWidth, imageHeight);
        drawn = true;
        keep(type, body);
    }

    /** Canvas and image must name one size, as they do in every still picture. */
    private void size(int newWidth, int newHeight) {
        Limits.check(newWidth, newHeight);
        if (width != 0 && (width != newWidth || height != newHeight)) {
            throw Limits.broken();
        }
        width = newWidth;
        height = newHeight;
    }

    private void keep(String type, ByteBuffer body) {
        kept.writeBytes(type.getBytes(US_ASCII));
        kept.writeBytes(littleEndian(body.remaining()));
        kept.writeBytes(Sieve.bytes(body));
        if ((body.remaining() & 1) == 1) {
            kept.write(0);
        }
    }

    private byte[] clean() {
        ByteArrayOutputStream clean = new ByteArrayOutputStream(kept.size() + RIFF_HEADER + FORM);
        clean.writeBytes("RIFF".getBytes(US_ASCII));
        clean.writeBytes(littleEndian(FORM + kept.size()));
        clean.writeBytes("WEBP".getBytes(US_ASCII));
        clean.writeBytes(kept.toByteArray());
        return clean.toByteArray();
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
