package atelier.web;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/** Draws who wins and who loses: bars from the middle, to scale, gains to the right. */
final class SwingDrawing {

    private static final int ROW = 44;
    private static final BigDecimal MIDDLE = BigDecimal.valueOf(50);

    private SwingDrawing() {}

    static String draw(List<Swing> swings, String label, Format format) {
        Svg svg = Svg.unscaled("swings", ROW * swings.size(), label);
        BigInteger most =
                swings.stream()
                        .map(swing -> swing.gain().units().abs())
                        .reduce(BigInteger.ONE, BigInteger::max);
        int top = 0;
        for (Swing swing : swings) {
            row(svg, swing, most, top, format);
            top += ROW;
        }
        return svg.done();
    }

    private static void row(Svg svg, Swing swing, BigInteger most, int top, Format format) {
        boolean loses = swing.gain().signum() < 0;
        BigDecimal length =
                new BigDecimal(swing.gain().units().abs())
                        .multiply(MIDDLE)
                        .divide(new BigDecimal(most), 2, RoundingMode.HALF_UP);
        svg.text("text", swing.label(), "x", 0, "y", top + 16)
                .text(
                        "text",
                        format.signed(swing.gain()),
                        "class",
                        "figure",
                        "x",
                        "100%",
                        "y",
                        top + 16,
                        "text-anchor",
                        "end")
                .leaf(
                        "rect",
                        "class",
                        loses ? "swing-down" : "swing-up",
                        "x",
                        percent(loses ? MIDDLE.subtract(length) : MIDDLE),
                        "y",
                        top + 24,
                        "width",
                        percent(length),
                        "height",
                        10)
                .leaf(
                        "line", "class", "axis", "x1", "50%", "x2", "50%", "y1", top + 21, "y2",
                        top + 37);
    }

    private static String percent(BigDecimal length) {
        return length.toPlainString() + "%";
    }
}
