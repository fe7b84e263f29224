package atelier.media;

import atelier.kernel.Refused;

/** How big a picture may be, as a file and as a surface. */
final class Limits {

    /** Bytes of an upload: 8 MiB. */
    static final int BYTES = 8 << 20;

    /** Pixels of the longer side. */
    static final int SIDE = 8_000;

    /** Pixels in all. */
    static final long PIXELS = 40_000_000;

    private static final int MEBIBYTE = 1 << 20;
    private static final long MEGAPIXEL = 1_000_000;

    private Limits() {}

    static Refused tooLarge() {
        return new Refused(Refused.Reason.TOO_LARGE, "picture.too-large", BYTES / MEBIBYTE);
    }

    /**
     * Lets a surface pass or refuses it, from the numbers in a file's header alone.
     *
     * @throws Refused {@code picture.dimensions} if a side or the whole is too big, {@code
     *     picture.broken} if a side is nothing
     */
    static void check(int width, int height) {
        if (width <= 0 || height <= 0) {
            throw broken();
        }
        if (width > SIDE || height > SIDE || (long) width * height > PIXELS) {
            throw tooManyPixels(width, height);
        }
    }

    static Refused tooManyPixels(int width, int height) {
        return Refused.invalid("picture.dimensions", width, height, SIDE, PIXELS / MEGAPIXEL);
    }

    static Refused broken() {
        return Refused.invalid("picture.broken");
    }
}
