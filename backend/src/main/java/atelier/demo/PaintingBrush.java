package atelier.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.SplittableRandom;

/**
 * A child's brush on paper: fills lie in thin uneven layers, lines wobble. Lengths are in a sheet
 * of 800 by 1000.
 */
final class PaintingBrush {

    private static final int LAYERS = 5;
    private static final int LAYER_ALPHA = 92;
    private static final int CORNERS_OF_AN_OVAL = 18;

    private final Graphics2D pen;
    private final SplittableRandom dice;

    PaintingBrush(Graphics2D pen, SplittableRandom dice) {
        this.pen = pen;
        this.dice = dice;
    }

    /** Somewhere between two numbers. */
    double any(double from, double to) {
        return from + (to - from) * dice.nextDouble();
    }

    int count(int from, int to) {
        return dice.nextInt(from, to + 1);
    }

    Color pick(Color... colours) {
        return colours[dice.nextInt(colours.length)];
    }

    /** A washed area with soft, uneven edges; corners as x, y, x, y, … */
    void wash(Color colour, double wobble, double... corners) {
        for (int layer = 0; layer < LAYERS; layer++) {
            pen.setColor(tinted(colour, LAYER_ALPHA));
            pen.fill(closed(wobble, corners));
        }
    }

    /** A washed area with its outline drawn over it. */
    void shape(Color fill, double wobble, double... corners) {
        wash(fill, wobble, corners);
        pen.setStroke(crayon(any(3, 6)));
        pen.setColor(tinted(fill.darker().darker(), 150));
        pen.draw(closed(wobble / 2, corners));
    }

    /** A washed oval around a middle. */
    void oval(Color fill, double x, double y, double across, double down) {
        shape(fill, Math.min(across, down) / 16, ring(x, y, across / 2, down / 2));
    }

    /** A washed oval without an outline. */
    void blot(Color fill, double x, double y, double across, double down) {
        wash(fill, Math.min(across, down) / 10, ring(x, y, across / 2, down / 2));
    }

    /** A wobbling line through points. */
    void line(Color colour, double width, double... points) {
        for (int layer = 0; layer < 2; layer++) {
            pen.setStroke(crayon(width * any(0.75, 1.1)));
            pen.setColor(tinted(colour, 170));
            pen.draw(open(width / 2, points));
        }
    }

    /** Broad, nearly level strokes from a height down to another, as children fill a sky. */
    void sweep(Color colour, double top, double bottom) {
        for (double y = top; y < bottom; y += any(14, 24)) {
            pen.setStroke(crayon(any(26, 46)));
            pen.setColor(tinted(colour, 74));
            pen.draw(
                    open(
                            6,
                            any(-40, 60),
                            y,
                            any(200, 300),
                            y + any(-10, 10),
                            any(480, 580),
                            y + any(-10, 10),
                            any(740, 840),
                            y + any(-8, 8)));
        }
    }

    private static BasicStroke crayon(double width) {
        return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private Color tinted(Color colour, int alpha) {
        return new Color(
                near(colour.getRed()), near(colour.getGreen()), near(colour.getBlue()), alpha);
    }

    private int near(int level) {
        return Math.clamp(level + count(-9, 9), 0, 255);
    }

    private static double[] ring(double x, double y, double across, double down) {
        double[] corners = new double[2 * CORNERS_OF_AN_OVAL];
        for (int i = 0; i < CORNERS_OF_AN_OVAL; i++) {
            double angle = 2 * Math.PI * i / CORNERS_OF_AN_OVAL;
            corners[2 * i] = x + across * Math.cos(angle);
            corners[2 * i + 1] = y + down * Math.sin(angle);
        }
        return corners;
    }

    /** Runs smoothly through the middles of the sides, with the shaken corners as handles. */
    private Path2D closed(double wobble, double... corners) {
        double[] at = shaken(wobble, corners);
        int length = at.length;
        Path2D path = new Path2D.Double();
        path.moveTo((at[length - 2] + at[0]) / 2, (at[length - 1] + at[1]) / 2);
        for (int i = 0; i < length; i += 2) {
            double nextX = at[(i + 2) % length];
            double nextY = at[(i + 3) % length];
            path.quadTo(at[i], at[i + 1], (at[i] + nextX) / 2, (at[i + 1] + nextY) / 2);
        }
        path.closePath();
        return path;
    }

    private Path2D open(double wobble, double... points) {
        double[] at = shaken(wobble, points);
        int last = at.length - 2;
        Path2D path = new Path2D.Double();
        path.moveTo(at[0], at[1]);
        for (int i = 2; i < last; i += 2) {
            path.quadTo(at[i], at[i + 1], (at[i] + at[i + 2]) / 2, (at[i + 1] + at[i + 3]) / 2);
        }
        path.lineTo(at[last], at[last + 1]);
        return path;
    }

    private double[] shaken(double wobble, double... points) {
        double[] shaken = points.clone();
        for (int i = 0; i < shaken.length; i++) {
            shaken[i] += any(-wobble, wobble);
        }
        return shaken;
    }
}
