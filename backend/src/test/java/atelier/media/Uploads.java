package atelier.media;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Files that members might send, honest and crafted. */
public final class Uploads {

    private static final int SIGNATURE = 8;
    private static final int JPEG_START = 2;

    private Uploads() {}

    /** Red above, blue below. */
    public static BufferedImage painting(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, width, height / 2);
        pen.setColor(Color.BLUE);
        pen.fillRect(0, height / 2, width, height);
        pen.dispose();
        return image;
    }

    public static byte[] png(int width, int height) {
        return encoded(painting(width, height, BufferedImage.TYPE_INT_RGB), "png");
    }

    public static byte[] jpeg(int width, int height) {
        return encoded(painting(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
    }

    public static byte[] webp(String name) {
        try (InputStream in = Uploads.class.getResourceAsStream("/pictures/" + name + ".webp")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] encoded(BufferedImage image, String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PNG that claims a size and holds nothing: what a decompression bomb begins with. */
    public static byte[] pngClaiming(int width, int height) {
        byte[] file = png(1, 1);
        ByteBuffer view = ByteBuffer.wrap(file);
        view.putInt(16, width).putInt(20, height);
        CRC32 crc = new CRC32();
        crc.update(file, 12, 17);
        view.putInt(29, (int) crc.getValue());
        return file;
    }

    /** The PNG with a chunk after its header. */
    public static byte[] withChunk(byte[] png, String type, byte[] body) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(US_ASCII));
        crc.update(body);
        int headerEnd = SIGNATURE + 25;
        return ByteBuffer.allocate(png.length + 12 + body.length)
                .put(png, 0, headerEnd)
                .putInt(body.length)
                .put(type.getBytes(US_ASCII))
                .put(body)
                .putInt((int) crc.getValue())
                .put(png, headerEnd, png.length - headerEnd)
                .array();
    }

    /** The JPEG with a segment right after its start. */
    public static byte[] withSegment(byte[] jpeg, int marker, byte[] body) {
        return ByteBuffer.allocate(jpeg.length + 4 + body.length)
                .put(jpeg, 0, JPEG_START)
                .put((byte) 0xff)
                .put((byte) marker)
                .putShort((short) (body.length + 2))
                .put(body)
                .put(jpeg, JPEG_START, jpeg.length - JPEG_START)
                .array();
    }

    /** A camera's Exif block with an orientation and a comment that must not survive. */
    public static byte[] exif(int orientation) {
        return ByteBuffer.allocate(64)
                .put("Exif\0\0MM\0*".getBytes(US_ASCII))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .put("GPS 25.03N 121.56E".getBytes(US_ASCII))
                .array();
    }

    public static byte[] joined(byte[] first, String then) {
        byte[] tail = then.getBytes(US_ASCII);
        return ByteBuffer.allocate(first.length + tail.length).put(first).put(tail).array();
    }
}
