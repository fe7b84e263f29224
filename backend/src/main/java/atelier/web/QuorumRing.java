package atelier.web;

import java.util.Locale;

/**
 * Draws votes as a ring that the whole electorate would fill, with a mark where enough took part.
 */
final class QuorumRing {

    private static final double RADIUS = 50;
    private static final double LENGTH = 2 * Math.PI * RADIUS;
    private static final int MIDDLE = 64;
    private static final double MARK_FROM = 38;
    private static final double MARK_TO = 62;

    private QuorumRing() {}

    static String draw(Turnout turnout, String label, Format format) {
        Svg svg =
                Svg.picture("ring", "0 0 128 128", label)
                        .leaf(
                                "circle",
                                "class",
                                "ring-ground",
                                "cx",
                                MIDDLE,
                                "cy",
                                MIDDLE,
                                "r",
                                (int) RADIUS);
        long whole = Math.max(1, Math.max(turnout.electorate(), turnout.votes()));
        double after = stretch(svg, "ring-for", 0, turnout.inFavour(), whole);
        after = stretch(svg, "ring-against", after, turnout.against(), whole);
        stretch(svg, "ring-abstain", after, turnout.abstaining(), whole);
        mark(svg, (double) turnout.quorum() / whole);
        return svg.text(
                        "text",
                        format.count(turnout.votes()),
                        "class",
                        "ring-figure",
                        "x",
                        MIDDLE,
                        "y",
                        MIDDLE)
                .done();
    }

    /** From the top on, clockwise; where it ends. */
    private static double stretch(Svg svg, String css, double from, long votes, long whole) {
        double length = LENGTH * votes / whole;
        if (votes > 0) {
            svg.leaf(
                    "circle",
                    "class",
                    css,
                    "cx",
                    MIDDLE,
                    "cy",
                    MIDDLE,
                    "r",
                    (int) RADIUS,
                    "transform",
                    "rotate(-90 64 64)",
                    "stroke-dasharray",
                    figure(length) + " " + figure(LENGTH),
                    "stroke-dashoffset",
                    figure(-from));
        }
        return from + length;
    }

    private static void mark(Svg svg, double share) {
        double angle = 2 * Math.PI * Math.min(1, share) - Math.PI / 2;
        svg.leaf(
                "line",
                "class",
                "ring-quorum",
                "x1",
                figure(MIDDLE + MARK_FROM * Math.cos(angle)),
                "y1",
                figure(MIDDLE + MARK_FROM * Math.sin(angle)),
                "x2",
                figure(MIDDLE + MARK_TO * Math.cos(angle)),
                "y2",
                figure(MIDDLE + MARK_TO * Math.sin(angle)));
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
