package atelier.web;

import atelier.kernel.TokenAmount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Draws a flow as a Sankey diagram: every part a ribbon as wide as its amount. */
final class FlowDrawing {

    private static final int WIDTH = 400;
    private static final int BAR = 8;
    private static final int MIDDLE = WIDTH / 2;
    private static final double SCALE = 240;
    private static final double LEAST_SLOT = 40;
    private static final double THINNEST = 1.5;

    private final Flow flow;
    private final Format format;
    private final double height;

    private FlowDrawing(Flow flow, Format format) {
        this.flow = flow;
        this.format = format;
        this.height = Math.max(SCALE, Math.max(slots(flow.in()), slots(flow.out())));
    }

    static String draw(Flow flow, String label, Format format) {
        return new FlowDrawing(flow, format).draw(label);
    }

    private String draw(String label) {
        Svg svg =
                Svg.picture("flow", "0 0 %d %s".formatted(WIDTH, number(height)), label)
                        .leaf(
                                "rect",
                                "class",
                                "flow-total",
                                "x",
                                MIDDLE - BAR / 2,
                                "y",
                                number((height - SCALE) / 2),
                                "width",
                                BAR,
                                "height",
                                number(SCALE));
        ribbons(svg, flow.in(), true);
        ribbons(svg, flow.out(), false);
        // Words last: a ribbon that bends past its neighbours would hide theirs.
        words(svg, flow.in(), true);
        words(svg, flow.out(), false);
        return svg.done();
    }

    private void ribbons(Svg svg, List<Flow.Part> parts, boolean left) {
        double outer = (height - slots(parts)) / 2;
        double inner = (height - SCALE) / 2;
        for (Flow.Part part : drawn(parts)) {
            double wide = wide(part.amount());
            double slot = slot(part);
            double top = outer + (slot - Math.max(wide, THINNEST)) / 2;
            ribbon(svg, part, left, top, inner, wide);
            outer += slot;
            inner += wide;
        }
    }

    private void words(Svg svg, List<Flow.Part> parts, boolean left) {
        double outer = (height - slots(parts)) / 2;
        for (Flow.Part part : drawn(parts)) {
            double slot = slot(part);
            words(svg, part, left, outer + slot / 2);
            outer += slot;
        }
    }

    private static List<Flow.Part> drawn(List<Flow.Part> parts) {
        return parts.stream().filter(part -> part.amount().signum() > 0).toList();
    }

    private void ribbon(
            Svg svg, Flow.Part part, boolean left, double top, double inner, double wide) {
        double drawn = Math.max(wide, THINNEST);
        int outerX = left ? BAR : WIDTH - BAR;
        int innerX = left ? MIDDLE - BAR / 2 : MIDDLE + BAR / 2;
        int bend = (outerX + innerX) / 2;
        String path =
                "M%d %s C%d %s %d %s %d %s V%s C%d %s %d %s %d %s Z"
                        .formatted(
                                outerX,
                                number(top),
                                bend,
                                number(top),
                                bend,
                                number(inner),
                                innerX,
                                number(inner),
                                number(inner + drawn),
                                bend,
                                number(inner + drawn),
                                bend,
                                number(top + drawn),
                                outerX,
                                number(top + drawn));
        svg.open("path", "class", part.kind().css() + " ribbon", "d", path)
                .text("title", part.label() + " " + format.points(part.amount()))
                .close("path")
                .leaf(
                        "rect",
                        "class",
                        part.kind().css(),
                        "x",
                        left ? 0 : WIDTH - BAR,
                        "y",
                        number(top),
                        "width",
                        BAR,
                        "height",
                        number(drawn));
    }

    private void words(Svg svg, Flow.Part part, boolean left, double middle) {
        String anchor = left ? "start" : "end";
        int x = left ? BAR + 6 : WIDTH - BAR - 6;
        svg.text("text", part.label(), "x", x, "y", number(middle - 3), "text-anchor", anchor)
                .text(
                        "text",
                        format.amount(part.amount()),
                        "class",
                        "figure",
                        "x",
                        x,
                        "y",
                        number(middle + 13),
                        "text-anchor",
                        anchor);
    }

    private double slots(List<Flow.Part> parts) {
        return drawn(parts).stream().mapToDouble(this::slot).sum();
    }

    private double slot(Flow.Part part) {
        return Math.max(wide(part.amount()) + 4, LEAST_SLOT);
    }

    private double wide(TokenAmount amount) {
        return SCALE
                * new BigDecimal(amount.units())
                        .divide(new BigDecimal(flow.total().units()), 8, RoundingMode.HALF_UP)
                        .doubleValue();
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).toPlainString();
    }
}
