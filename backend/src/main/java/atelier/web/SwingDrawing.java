package atelier.web;

import atelier.kernel.TokenAmount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/** Draws who wins and who loses: bars from the middle, to scale, gains to the right. */
final class SwingDrawing {

    private static final int WIDTH = 400;
    private static final int MIDDLE = WIDTH / 2;
    private static final int ROW = 40;

    private SwingDrawing() {}

    static String draw(List<Swing> swings, String label, Format format) {
        Svg svg = Svg.picture("swings", "0 0 %d %d".formatted(WIDTH, ROW * swings.size()), label);
        BigInteger most =
                swings.stream()
                        .map(swing -> swing.gain().units().abs())
                        .reduce(BigInteger.ONE, BigInteger::max);
        int top = 0;
        for (Swing swing : swings) {
            row(svg, swing, most, top, format);
            top += ROW;
        }
        return svg.leaf("path", "class", "axis", "d", "M%d 0V%d".formatted(MIDDLE, top)).done();
    }

    private static void row(Svg svg, Swing swing, BigInteger most, int top, Format format) {
        TokenAmount gain = swing.gain();
        BigDecimal length =
                new BigDecimal(gain.units().abs())
                        .multiply(BigDecimal.valueOf(MIDDLE))
                        .divide(new BigDecimal(most), 1, RoundingMode.HALF_UP);
        BigDecimal from =
                gain.signum() < 0
                        ? BigDecimal.valueOf(MIDDLE).subtract(length)
                        : BigDecimal.valueOf(MIDDLE);
        svg.text("text", swing.label(), "x", 0, "y", top + 15)
                .text(
                        "text",
                        format.signed(gain),
                        "class",
                        "figure",
                        "x",
                        WIDTH,
                        "y",
                        top + 15,
                        "text-anchor",
                        "end")
                .leaf(
                        "rect",
                        "class",
                        gain.signum() < 0 ? "swing-down" : "swing-up",
                        "x",
                        from.toPlainString(),
                        "y",
                        top + 22,
                        "width",
                        length.toPlainString(),
                        "height",
                        10);
    }
}
