package atelier.media;

import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.stereotype.Component;

/**
 * Decodes a sifted upload, turns it upright and encodes it again, as many at a time as there is
 * memory for: a surface of forty megapixels takes 160 MB while it is open, and as much again where
 * it has to be turned.
 */
@Component
class Darkroom {

    static final int PREVIEW_SIDE = 640;

    private static final int MEBIBYTE = 1 << 20;
    private static final int LEAST_ROOM = 64;
    private static final long PATIENCE_SECONDS = 20;
    private static final float QUALITY = 0.92f;
    private static final float PREVIEW_QUALITY = 0.85f;
    private static final int OPAQUE = 0xff;

    private final int roomInAll;
    private final Semaphore room;

    /** Gives open pictures at most half of the memory there is. */
    @Autowired
    Darkroom() {
        this(Runtime.getRuntime().maxMemory() / 2);
    }

    Darkroom(long bytes) {
        roomInAll = Math.clamp(bytes / MEBIBYTE, LEAST_ROOM, Integer.MAX_VALUE);
        room = new Semaphore(roomInAll, true);
    }

    /**
     * Makes the picture anew.
     *
     * @throws Refused {@code picture.broken} if it cannot be decoded to its end, {@code
     *     picture.busy} if others hold the room for too long, {@code picture.dimensions} if there
     *     could never be room
     */
    Developed develop(Sifted sifted) {
        int needed = (int) (1 + sifted.surface() / MEBIBYTE);
        if (needed > roomInAll) {
            throw Limits.tooManyPixels(sifted.width(), sifted.height());
        }
        enter(needed);
        try {
            return encode(sifted.format(), upright(decode(sifted), sifted.orientation()));
        } finally {
            room.release(needed);
        }
    }

    private void enter(int needed) {
        try {
            if (room.tryAcquire(needed, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Refused.unavailable("picture.busy");
    }

    private static BufferedImage decode(Sifted sifted) {
        ImageReader reader =
                ImageIO.getImageReadersByFormatName(sifted.format().readerName()).next();
        boolean[] cut = new boolean[1];
        try (var in = new CleanStream(sifted.clean().getByteArray())) {
            reader.setInput(in, true, true);
            reader.addIIOReadWarningListener(
                    (source, words) -> cut[0] |= speaksOfTruncation(words));
            BufferedImage image = reader.read(0);
            if (cut[0]
                    || image.getWidth() != sifted.width()
                    || image.getHeight() != sifted.height()) {
                throw Limits.broken();
            }
            return image;
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw Limits.broken();
        } catch (IndexOutOfBoundsException
                | NegativeArraySizeException
                | ArithmeticException
                | NullPointerException
                | ClassCastException
                | UnsupportedOperationException e) {
            // Readers meet crafted data with whatever happens to break first.
            throw Limits.broken();
        } finally {
            reader.dispose();
        }
    }

    /** The JPEG reader fills what is missing with grey and only warns. */
    private static boolean speaksOfTruncation(String warning) {
        return warning.toLowerCase(Locale.ROOT).contains("premature end");
    }

    /** A plain surface, upright, in sRGB; with alpha only where something shines through. */
    private static BufferedImage upright(BufferedImage image, Orientation orientation) {
        if (orientation.equals(Orientation.UPRIGHT)
                && image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            return image;
        }
        int width = orientation.sideways() ? image.getHeight() : image.getWidth();
        int height = orientation.sideways() ? image.getWidth() : image.getHeight();
        BufferedImage surface = new BufferedImage(width, height, surfaceType(image));
        Graphics2D pen = surface.createGraphics();
        pen.drawImage(image, orientation.upright(image.getWidth(), image.getHeight()), null);
        pen.dispose();
        return surface;
    }

    private static int surfaceType(BufferedImage image) {
        return image.getColorModel().hasAlpha() && shinesThrough(image)
                ? BufferedImage.TYPE_INT_ARGB
                : BufferedImage.TYPE_INT_RGB;
    }

    private static boolean shinesThrough(BufferedImage image) {
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int pixel : row) {
                if (pixel >>> 24 != OPAQUE) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Developed encode(Format from, BufferedImage surface) {
        boolean alpha = surface.getColorModel().hasAlpha();
        Format to = from == Format.PNG || alpha ? Format.PNG : Format.JPEG;
        byte[] content = write(surface, to, QUALITY);
        Format previewTo = alpha ? Format.PNG : Format.JPEG;
        StoredPicture preview =
                new StoredPicture(
                        previewTo.type(),
                        new ByteArrayResource(write(small(surface), previewTo, PREVIEW_QUALITY)));
        Picture picture =
                new Picture(
                        sha256(content),
                        to.type(),
                        surface.getWidth(),
                        surface.getHeight(),
                        content.length);
        return new Developed(
                picture, new StoredPicture(to.type(), new ByteArrayResource(content)), preview);
    }

    /** Halves until the next halving would go below the preview, then takes the last step. */
    private static BufferedImage small(BufferedImage surface) {
        BufferedImage step = surface;
        int longer = Math.max(step.getWidth(), step.getHeight());
        while (longer > PREVIEW_SIDE) {
            int target = Math.max(PREVIEW_SIDE, (longer + 1) / 2);
            step = scaled(step, (double) target / longer);
            longer = target;
        }
        return step;
    }

    private static BufferedImage scaled(BufferedImage from, double scale) {
        int width = Math.max(1, (int) Math.round(from.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(from.getHeight() * scale));
        BufferedImage to = new BufferedImage(width, height, from.getType());
        Graphics2D pen = to.createGraphics();
        pen.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(from, 0, 0, width, height, null);
        pen.dispose();
        return to;
    }

    private static byte[] write(BufferedImage image, Format format, float quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format.readerName()).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(
                    null, new IIOImage(image, null, null), parameters(writer, format, quality));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static ImageWriteParam parameters(ImageWriter writer, Format format, float quality) {
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        if (format == Format.JPEG) {
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
        }
        return parameters;
    }

    private static Hash32 sha256(byte[] content) {
        try {
            return Hash32.of(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
