package atelier.media;

import atelier.kernel.Refused;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Walks an upload's container from its first byte to its end mark and keeps the parts that draw the
 * picture. Metadata, comments, animations and whatever follows the end mark fall through; a file
 * that ends before its end mark is broken.
 */
final class Sieve {

    private Sieve() {}

    /**
     * Costs no more memory than the upload has bytes, whatever its header claims.
     *
     * @throws Refused {@code picture.type}, {@code picture.dimensions}, {@code picture.colours} or
     *     {@code picture.broken}
     */
    static Sifted sift(byte[] upload) {
        Format format = Format.of(upload).orElseThrow(Sieve::unsupported);
        ByteBuffer in = ByteBuffer.wrap(upload);
        try {
            return switch (format) {
                case PNG -> new PngSieve(in).sift();
                case JPEG -> new JpegSieve(in).sift();
                case WEBP -> new WebpSieve(in).sift();
            };
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException e) {
            throw Limits.broken();
        }
    }

    static Refused unsupported() {
        return new Refused(Refused.Reason.UNSUPPORTED, "picture.type");
    }

    /** The next {@code length} bytes, as a view. */
    static ByteBuffer take(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer taken = in.slice(in.position(), length);
        in.position(in.position() + length);
        return taken;
    }

    static byte[] bytes(ByteBuffer view) {
        byte[] bytes = new byte[view.remaining()];
        view.duplicate().get(bytes);
        return bytes;
    }
}
