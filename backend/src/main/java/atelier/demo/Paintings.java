package atelier.demo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Paints what hangs in the demo: pictures as children make them, 800 by 1000 pixels, the same
 * picture for the same seed.
 */
final class Paintings {

    static final int WIDTH = 800;
    static final int HEIGHT = 1_000;

    private static final Color PAPER = new Color(0xf6efe0);
    private static final int GRAIN = 26_000;

    private Paintings() {}

    /** Which motif a seed stands for: they come round in turn. */
    static PaintingMotif motifOf(long seed) {
        PaintingMotif[] motifs = PaintingMotif.values();
        return motifs[(int) Math.floorMod(seed, (long) motifs.length)];
    }

    /** A painting as a PNG file. */
    static byte[] png(long seed) {
        return png(motifOf(seed), seed);
    }

    /** A painting of a motif as a PNG file. */
    static byte[] png(PaintingMotif motif, long seed) {
        BufferedImage sheet = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.setColor(PAPER);
        pen.fillRect(0, 0, WIDTH, HEIGHT);
        SplittableRandom dice = new SplittableRandom(seed);
        motif.paint(new PaintingBrush(pen, dice));
        grain(pen, dice);
        pen.dispose();
        return encoded(sheet);
    }

    /** The tooth of the paper, through which paint never covers all. */
    private static void grain(Graphics2D pen, SplittableRandom dice) {
        for (int i = 0; i < GRAIN; i++) {
            int level = dice.nextBoolean() ? 255 : 90;
            pen.setColor(new Color(level, level, level - 20, dice.nextInt(8, 34)));
            pen.fillRect(dice.nextInt(WIDTH), dice.nextInt(HEIGHT), dice.nextInt(1, 4), 1);
        }
    }

    private static byte[] encoded(BufferedImage sheet) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(sheet, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
