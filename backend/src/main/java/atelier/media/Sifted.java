package atelier.media;

import org.springframework.core.io.ByteArrayResource;

/**
 * An upload freed of everything that is not the picture, measured and not yet decoded.
 *
 * @param orientation how the camera was held, 1 to 8 as Exif counts
 * @param clean a well-formed file of the same format that holds the picture alone
 */
record Sifted(
        Format format, int width, int height, Orientation orientation, ByteArrayResource clean) {}
