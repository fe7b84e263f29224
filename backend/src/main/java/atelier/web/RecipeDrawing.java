package atelier.web;

import java.util.List;

/**
 * Draws a recipe: each part a round dot with its character and count, all of them led into the mat
 * that the work will hang in.
 */
final class RecipeDrawing {

    private static final int STEP = 52;
    private static final int RADIUS = 19;
    private static final int MARGIN = 26;
    private static final int DOT_LINE = 26;
    private static final int COUNT_LINE = 62;
    private static final int JOIN_LINE = 84;
    private static final int MAT_WIDTH = 44;
    private static final int MAT_HEIGHT = 54;
    private static final int HEIGHT = 160;

    private RecipeDrawing() {}

    static String draw(RecipeCard card, String label, Format format) {
        int width = Math.max(3, card.parts().size()) * STEP;
        Svg svg = Svg.picture("recipe-drawing", "0 0 %d %d".formatted(width, HEIGHT), label);
        int middle = width / 2;
        int first = middle - (card.parts().size() - 1) * STEP / 2;
        threads(svg, card.parts(), first, middle);
        for (int i = 0; i < card.parts().size(); i++) {
            dot(svg, card.parts().get(i), first + i * STEP, format);
        }
        return mat(svg, middle).done();
    }

    private static void threads(Svg svg, List<RecipeCard.Part> parts, int first, int middle) {
        for (int i = 0; i < parts.size(); i++) {
            int x = first + i * STEP;
            svg.leaf(
                    "path",
                    "class",
                    "thread",
                    "d",
                    "M%d %d C%d %d %d %d %d %d"
                            .formatted(
                                    x,
                                    DOT_LINE + RADIUS,
                                    x,
                                    JOIN_LINE,
                                    middle,
                                    JOIN_LINE - MARGIN / 2,
                                    middle,
                                    JOIN_LINE + 14));
        }
    }

    private static void dot(Svg svg, RecipeCard.Part part, int x, Format format) {
        svg.open("g", "class", part.kind().css());
        svg.leaf("circle", "cx", x, "cy", DOT_LINE, "r", RADIUS)
                .text("text", format.glyph(part.name()), "class", "glyph", "x", x, "y", 32);
        if (part.counted()) {
            svg.text(
                    "text",
                    "× " + format.count(part.count()),
                    "class",
                    "count",
                    "x",
                    x,
                    "y",
                    COUNT_LINE);
        }
        svg.close("g");
    }

    private static Svg mat(Svg svg, int middle) {
        int x = middle - MAT_WIDTH / 2;
        int y = HEIGHT - MAT_HEIGHT - 4;
        return svg.leaf(
                        "rect",
                        "class",
                        "mat",
                        "x",
                        x,
                        "y",
                        y,
                        "width",
                        MAT_WIDTH,
                        "height",
                        MAT_HEIGHT)
                .leaf(
                        "rect",
                        "class",
                        "mat-picture",
                        "x",
                        x + 7,
                        "y",
                        y + 7,
                        "width",
                        MAT_WIDTH - 14,
                        "height",
                        MAT_HEIGHT - 14);
    }
}
