package atelier.media;

import java.util.Arrays;
import java.util.Optional;

/**
 * The formats we take, each known by the bytes it begins with, never by its name or stated type.
 */
enum Format {
    PNG("png", "image/png"),
    JPEG("jpeg", "image/jpeg"),
    WEBP("webp", "image/webp");

    private static final byte[] PNG_SIGNATURE = {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'
    };
    private static final byte[] JPEG_SIGNATURE = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final byte[] RIFF = {'R', 'I', 'F', 'F'};
    private static final byte[] WEBP_FORM = {'W', 'E', 'B', 'P'};
    private static final int WEBP_FORM_AT = 8;

    private final String readerName;
    private final String type;

    Format(String readerName, String type) {
        this.readerName = readerName;
        this.type = type;
    }

    static Optional<Format> of(byte[] file) {
        if (has(file, 0, PNG_SIGNATURE)) {
            return Optional.of(PNG);
        }
        if (has(file, 0, JPEG_SIGNATURE)) {
            return Optional.of(JPEG);
        }
        return has(file, 0, RIFF) && has(file, WEBP_FORM_AT, WEBP_FORM)
                ? Optional.of(WEBP)
                : Optional.empty();
    }

    /** What ImageIO calls it. */
    String readerName() {
        return readerName;
    }

    /** Its media type. */
    String type() {
        return type;
    }

    private static boolean has(byte[] file, int at, byte[] expected) {
        return file.length >= at + expected.length
                && Arrays.equals(file, at, at + expected.length, expected, 0, expected.length);
    }
}
