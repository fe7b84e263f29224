package atelier.media;

import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How the camera was held, as Exif counts it: 1 upright, 2 to 4 mirrored or turned over, 5 to 8
 * with the sides exchanged.
 */
record Orientation(int code) {

    static final Orientation UPRIGHT = new Orientation(1);

    private static final int LAST = 8;
    private static final int FIRST_SIDEWAYS = 5;
    private static final int TAG = 0x0112;
    private static final int ENTRY = 12;
    private static final short LITTLE = 0x4949;
    private static final short BIG = 0x4d4d;

    /** Reads the tag from a TIFF block; upright where there is none or the block makes no sense. */
    static Orientation read(ByteBuffer tiff) {
        try {
            return find(ordered(tiff));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return UPRIGHT;
        }
    }

    private static ByteBuffer ordered(ByteBuffer tiff) {
        short mark = tiff.order(ByteOrder.BIG_ENDIAN).getShort(0);
        if (mark != LITTLE && mark != BIG) {
            throw new IllegalArgumentException("Not TIFF");
        }
        return tiff.order(mark == LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    }

    private static Orientation find(ByteBuffer tiff) {
        int directory = tiff.getInt(4);
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY;
            if (Short.toUnsignedInt(tiff.getShort(entry)) == TAG) {
                int code = tiff.getShort(entry + 8);
                return code >= 1 && code <= LAST ? new Orientation(code) : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** Whether width and height change places. */
    boolean sideways() {
        return code >= FIRST_SIDEWAYS;
    }

    /** Maps a picture of the given size onto its upright surface. */
    AffineTransform upright(int width, int height) {
        return switch (code) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }
}
