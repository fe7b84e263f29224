package atelier.profit.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * What a paper is set in: letters and figures in one typeface, Han and kana in another; of each the
 * document carries what it uses. What neither has shows as a geta, as printers do it: 〓.
 */
final class Lettering implements AutoCloseable {

    private static final String LATIN =
            "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final String HAN = "/fonts/DroidSansFallbackFull.ttf";
    private static final int GETA = '〓';
    private static final float UNITS = 1_000;

    private final Face latin;
    private final Face han;

    /** A typeface, and which characters it has. */
    private record Face(TrueTypeFont file, PDFont font, CmapLookup characters) {

        static Face in(PDDocument document, String resource) throws IOException {
            try (InputStream bytes =
                    Objects.requireNonNull(Lettering.class.getResourceAsStream(resource))) {
                TrueTypeFont file = new TTFParser().parse(new RandomAccessReadBuffer(bytes));
                file.setEnableGsub(false);
                return new Face(
                        file, PDType0Font.load(document, file, true), file.getUnicodeCmapLookup());
            }
        }

        boolean has(int character) {
            return characters.getGlyphId(character) != 0;
        }
    }

    private record Run(PDFont font, String text) {}

    Lettering(PDDocument document) throws IOException {
        this.latin = Face.in(document, LATIN);
        this.han = Face.in(document, HAN);
    }

    /** Whether all of a text can be shown. */
    boolean shows(String text) {
        return text.codePoints().allMatch(one -> latin.has(one) || han.has(one));
    }

    /** How wide a text is at a size, in points of 1/72 inch. */
    float width(String text, float size) throws IOException {
        float width = 0;
        for (Run run : runs(text)) {
            width += run.font().getStringWidth(run.text());
        }
        return width * size / UNITS;
    }

    /** Writes one line from where the cursor is. */
    void write(PDPageContentStream page, String text, float size) throws IOException {
        for (Run run : runs(text)) {
            page.setFont(run.font(), size);
            page.showText(run.text());
        }
    }

    private List<Run> runs(String text) {
        List<Run> runs = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        Face face = latin;
        for (int character : text.codePoints().toArray()) {
            Face next = face(character);
            if (!next.equals(face) && !run.isEmpty()) {
                runs.add(new Run(face.font(), run.toString()));
                run.setLength(0);
            }
            face = next;
            run.appendCodePoint(next.has(character) ? character : GETA);
        }
        if (!run.isEmpty()) {
            runs.add(new Run(face.font(), run.toString()));
        }
        return runs;
    }

    private Face face(int character) {
        return latin.has(character) ? latin : han;
    }

    /** After the document was saved. */
    @Override
    public void close() throws IOException {
        latin.file().close();
        han.file().close();
    }
}
