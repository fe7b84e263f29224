package atelier.web;

/** Writes an SVG picture element by element; every text and value is escaped on its way in. */
final class Svg {

    private final StringBuilder out = new StringBuilder();

    /** Opens the picture; {@code label} is what it says to someone who does not see it. */
    static Svg picture(String css, String viewBox, String label, Object... attributes) {
        Svg svg = new Svg();
        svg.start("svg", attributes)
                .append(" class=\"%s\" viewBox=\"%s\" role=\"img\"".formatted(css, viewBox))
                .append(" aria-label=\"%s\">".formatted(escape(label)));
        return svg;
    }

    /**
     * Opens a picture without a scale: it is as wide as there is room, with lengths in percent of
     * that, and its texts keep their size.
     */
    static Svg unscaled(String css, int height, String label) {
        return new Svg()
                .open(
                        "svg",
                        "class",
                        css,
                        "width",
                        "100%",
                        "height",
                        height,
                        "role",
                        "img",
                        "aria-label",
                        label);
    }

    /** An element with children; names and values of attributes in turn. */
    Svg open(String element, Object... attributes) {
        start(element, attributes).append('>');
        return this;
    }

    /** An element without children. */
    Svg leaf(String element, Object... attributes) {
        start(element, attributes).append("/>");
        return this;
    }

    /** An element with only text in it. */
    Svg text(String element, String text, Object... attributes) {
        start(element, attributes).append('>').append(escape(text));
        return close(element);
    }

    Svg close(String element) {
        out.append("</").append(element).append('>');
        return this;
    }

    /** Closes the picture. */
    String done() {
        return close("svg").out.toString();
    }

    private StringBuilder start(String element, Object... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escape(attributes[i + 1].toString()))
                    .append('"');
        }
        return out;
    }

    private static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '&' -> safe.append("&amp;");
                        case '<' -> safe.append("&lt;");
                        case '>' -> safe.append("&gt;");
                        case '"' -> safe.append("&quot;");
                        case '\'' -> safe.append("&#39;");
                        default -> safe.appendCodePoint(c);
                    }
                });
        return safe.toString();
    }
}
