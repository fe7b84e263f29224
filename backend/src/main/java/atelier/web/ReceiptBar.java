package atelier.web;

import atelier.kernel.TokenAmount;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Draws a receipt as one bar to scale, a stretch for each recipient in the order of the lines. */
final class ReceiptBar {

    private static final int WIDTH = 1000;
    private static final int HEIGHT = 26;

    private ReceiptBar() {}

    static String draw(Receipt receipt, String label, Format format) {
        Svg svg =
                Svg.picture(
                                "bar",
                                "0 0 %d %d".formatted(WIDTH, HEIGHT),
                                label,
                                "preserveAspectRatio",
                                "none")
                        .leaf("rect", "class", "bar-ground", "width", WIDTH, "height", HEIGHT);
        TokenAmount before = TokenAmount.ZERO;
        for (Receipt.Line line : receipt.lines()) {
            TokenAmount after = before.plus(line.amount());
            stretch(svg, line, at(before, receipt), at(after, receipt), format);
            before = after;
        }
        return svg.done();
    }

    private static void stretch(
            Svg svg, Receipt.Line line, BigDecimal from, BigDecimal to, Format format) {
        if (line.amount().signum() == 0) {
            return;
        }
        svg.open(
                        "rect",
                        "class",
                        line.tone().css(),
                        "x",
                        from.toPlainString(),
                        "width",
                        to.subtract(from).toPlainString(),
                        "height",
                        HEIGHT)
                .text("title", line.label() + " " + format.points(line.amount()))
                .close("rect");
    }

    /** Where an amount lies on the bar; both ends of a stretch are rounded, never its length. */
    private static BigDecimal at(TokenAmount amount, Receipt receipt) {
        return receipt.total().signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(amount.units())
                        .multiply(BigDecimal.valueOf(WIDTH))
                        .divide(new BigDecimal(receipt.total().units()), 2, RoundingMode.HALF_UP);
    }
}
