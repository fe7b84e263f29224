package atelier.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import atelier.kernel.Bytes;
import atelier.kernel.Refused;
import com.sun.management.ThreadMXBean;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an upload, and which are refused. */
class DarkroomTest {

    private final Darkroom darkroom = new Darkroom(1L << 30);

    @Test
    void keepsPngAsPng() {
        Developed developed = develop(Uploads.png(40, 30));
        assertThat(developed.picture().type()).isEqualTo("image/png");
        assertThat(Format.of(content(developed))).contains(Format.PNG);
        assertThat(developed.picture()).extracting("width", "height").containsExactly(40, 30);
    }

    @Test
    void namesPictureByHashOfStoredBytes() throws Exception {
        Developed developed = develop(Uploads.jpeg(40, 30));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(content(developed));
        assertThat(developed.picture().hash()).hasToString(Bytes.hex(hash));
        assertThat(developed.picture().bytes()).isEqualTo(content(developed).length);
    }

    @ParameterizedTest
    @CsvSource({"lossy,image/jpeg", "lossless,image/jpeg", "alpha,image/png"})
    void makesWebpJpegOrPngWhereSomethingShinesThrough(String name, String type) {
        Developed developed = develop(Uploads.webp(name));
        assertThat(developed.picture().type()).isEqualTo(type);
        assertThat(developed.picture()).extracting("width", "height").containsExactly(60, 40);
        assertThat(redAt(image(developed), 10, 8)).isTrue();
    }

    @Test
    void keepsTransparency() {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(1, 1, 0x80ff0000);
        Developed developed = develop(Uploads.encoded(image, "png"));
        assertThat(image(developed).getRGB(1, 1)).isEqualTo(0x80ff0000);
        assertThat(image(developed).getRGB(2, 2) >>> 24).isZero();
    }

    @Test
    void reducesSixteenBitsToEight() {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY);
        Developed developed = develop(Uploads.encoded(image, "png"));
        assertThat(image(developed).getSampleModel().getSampleSize(0)).isEqualTo(8);
    }

    @Test
    void makesPreviewOfAtMost640Pixels() throws IOException {
        Developed developed = develop(Uploads.png(3000, 1500));
        BufferedImage preview =
                ImageIO.read(
                        new ByteArrayInputStream(developed.preview().content().getByteArray()));
        assertThat(preview.getWidth()).isEqualTo(640);
        assertThat(preview.getHeight()).isEqualTo(320);
    }

    @ParameterizedTest
    @CsvSource({
        "1,40,20,20,2", "2,40,20,20,2", "3,40,20,20,17", "4,40,20,20,17",
        "5,20,40,2,20", "6,20,40,17,20", "7,20,40,17,20", "8,20,40,2,20"
    })
    void turnsJpegUprightAsExifSays(int code, int width, int height, int redX, int redY) {
        byte[] photograph = Uploads.withSegment(Uploads.jpeg(40, 20), 0xe1, Uploads.exif(code));
        Developed developed = develop(photograph);
        assertThat(developed.picture())
                .extracting("width", "height")
                .containsExactly(width, height);
        assertThat(redAt(image(developed), redX, redY)).isTrue();
        assertThat(redAt(image(developed), width - 1 - redX, height - 1 - redY)).isFalse();
    }

    @Test
    void turnsPngUprightAsExifSays() {
        byte[] block = Uploads.exif(6);
        byte[] tiff = Arrays.copyOfRange(block, 6, block.length);
        Developed developed = develop(Uploads.withChunk(Uploads.png(40, 20), "eXIf", tiff));
        assertThat(developed.picture()).extracting("width", "height").containsExactly(20, 40);
    }

    @Test
    void dropsMetadata() {
        byte[] photograph = Uploads.withSegment(Uploads.jpeg(40, 20), 0xe1, Uploads.exif(1));
        byte[] commented = Uploads.withSegment(photograph, 0xfe, "<script>".getBytes(US_ASCII));
        assertThat(text(develop(commented))).doesNotContain("GPS", "Exif", "<script>");
        byte[] told =
                Uploads.withChunk(Uploads.png(4, 4), "tEXt", "Author\0Mei".getBytes(US_ASCII));
        assertThat(text(develop(told))).doesNotContain("Author", "tEXt");
    }

    @Test
    void dropsWhatFollowsEndOfPolyglot() {
        String page = "<html><script>alert(1)</script></html>";
        assertThat(text(develop(Uploads.joined(Uploads.png(4, 4), page)))).doesNotContain("html");
        assertThat(text(develop(Uploads.joined(Uploads.jpeg(4, 4), page)))).doesNotContain("html");
        assertThat(text(develop(Uploads.joined(Uploads.webp("lossy"), page))))
                .doesNotContain("html");
    }

    @Test
    void storesSamePictureUnderSameNameWhateverWasAttached() {
        byte[] plain = Uploads.png(20, 20);
        assertThat(develop(Uploads.joined(plain, "PK")).picture().hash())
                .isEqualTo(develop(plain).picture().hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
                "GIF89a\1\0\1\0",
                "<!DOCTYPE html><html></html>",
                "%PDF-1.7",
                "BM",
                "RIFF\0\0\0\0WAVE",
                "x"
            })
    void refusesEveryOtherType(String file) {
        assertRefused("picture.type", file.getBytes(ISO_8859_1));
    }

    @Test
    void refusesHtmlBeforePicture() {
        byte[] polyglot =
                Uploads.joined(new byte[0], "<html>" + new String(Uploads.png(2, 2), ISO_8859_1));
        assertRefused("picture.type", polyglot);
    }

    @Test
    void refusesAnimatedWebp() {
        byte[] file = Uploads.webp("lossy");
        file[20] |= 0x02;
        assertRefused("picture.type", file);
    }

    @ParameterizedTest
    @CsvSource({"50000,50000", "8001,10", "10,8001", "7000,7000"})
    void refusesTooManyPixelsWithoutDecoding(int width, int height) {
        byte[] bomb = Uploads.pngClaiming(width, height);
        assertRefused("picture.dimensions", bomb);
        long before = allocated();
        assertRefused("picture.dimensions", bomb);
        assertThat(allocated() - before).isLessThan(1 << 20);
    }

    @Test
    void refusesWhatMemoryCouldNeverHold() {
        Darkroom small = new Darkroom(0);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> small.develop(Sieve.sift(Uploads.pngClaiming(6000, 6000))))
                .extracting(Refused::code)
                .isEqualTo("picture.dimensions");
    }

    @Test
    void refusesNothingWide() {
        assertRefused("picture.broken", Uploads.pngClaiming(0, 10));
    }

    @Test
    void refusesFourInks() {
        byte[] jpeg = Uploads.jpeg(16, 16);
        int frame = new String(jpeg, ISO_8859_1).indexOf("\u00ff\u00c0");
        jpeg[frame + 9] = 4;
        assertRefused("picture.colours", jpeg);
    }

    @Test
    void refusesPngCutAnywhere() {
        byte[] png = Uploads.encoded(noise(40, 40), "png");
        for (int length = 9; length < png.length; length += 97) {
            assertRefused("picture.broken", Arrays.copyOf(png, length));
        }
        assertRefused("picture.broken", Arrays.copyOf(png, png.length - 1));
    }

    @Test
    void refusesJpegCutAnywhere() {
        byte[] jpeg = Uploads.encoded(noise(40, 40), "jpeg");
        for (int length = 4; length < jpeg.length; length += 97) {
            assertRefused("picture.broken", Arrays.copyOf(jpeg, length));
        }
        assertRefused("picture.broken", Arrays.copyOf(jpeg, jpeg.length - 2));
    }

    @Test
    void refusesJpegWithHalfItsScanAndAnEndMark() {
        byte[] jpeg = Uploads.encoded(noise(80, 80), "jpeg");
        byte[] cut = Arrays.copyOf(jpeg, jpeg.length / 2);
        cut[cut.length - 2] = (byte) 0xff;
        cut[cut.length - 1] = (byte) 0xd9;
        assertRefused("picture.broken", cut);
    }

    @Test
    void refusesWebpCutAnywhere() {
        byte[] webp = Uploads.webp("lossless");
        for (int length = 12; length < webp.length - 1; length += 53) {
            assertRefused("picture.broken", Arrays.copyOf(webp, length));
        }
    }

    @Test
    void refusesOrKeepsEveryDamagedFileAndNeverFailsOtherwise() {
        Random dice = new Random(7);
        byte[][] files = {
            Uploads.png(24, 24),
            Uploads.jpeg(24, 24),
            Uploads.webp("lossy"),
            Uploads.webp("lossless"),
            Uploads.webp("alpha")
        };
        for (int i = 0; i < 250; i++) {
            byte[] file = files[i % files.length].clone();
            for (int flips = 0; flips <= i % 4; flips++) {
                file[dice.nextInt(file.length)] = (byte) dice.nextInt(256);
            }
            keepOrRefuse(file);
        }
    }

    private void keepOrRefuse(byte[] file) {
        try {
            develop(file);
        } catch (Refused refused) {
            assertThat(refused.code()).startsWith("picture.");
        }
    }

    private Developed develop(byte[] upload) {
        return darkroom.develop(Sieve.sift(upload));
    }

    private void assertRefused(String code, byte[] upload) {
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> develop(upload))
                .extracting(Refused::code)
                .isEqualTo(code);
    }

    private static byte[] content(Developed developed) {
        return developed.content().content().getByteArray();
    }

    private static String text(Developed developed) {
        return new String(content(developed), ISO_8859_1);
    }

    private static BufferedImage image(Developed developed) {
        try {
            return ImageIO.read(new ByteArrayInputStream(content(developed)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static BufferedImage noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random dice = new Random(1);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, dice.nextInt(0x1000000));
        }
        return image;
    }

    private static boolean redAt(BufferedImage image, int x, int y) {
        Color colour = new Color(image.getRGB(x, y));
        return colour.getRed() > 180 && colour.getBlue() < 80;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
