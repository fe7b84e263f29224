package atelier.media;

import org.springframework.core.io.ByteArrayResource;

/**
 * An upload freed of everything that is not the picture, measured and not yet decoded.
 *
 * @param deep whether a colour has sixteen bits
 * @param orientation how the camera was held
 * @param clean a well-formed file of the same format that holds the picture alone
 */
record Sifted(
        Format format,
        int width,
        int height,
        boolean deep,
        Orientation orientation,
        ByteArrayResource clean) {

    private static final int PLAIN = 4;
    private static final int DEEP = 8;

    /**
     * Bytes that the picture needs while it is open: decoded, and turned or flattened beside it.
     */
    long surface() {
        boolean direct = format == Format.JPEG && orientation.equals(Orientation.UPRIGHT);
        int each = (deep ? DEEP : PLAIN) + (direct ? 0 : PLAIN);
        return (long) width * height * each;
    }
}
