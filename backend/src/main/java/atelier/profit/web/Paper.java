package atelier.profit.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDNumberTreeNode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkInfo;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkedContentReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDParentTreeValue;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.PDTableAttributeObject;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;
import org.jspecify.annotations.Nullable;

/**
 * A PDF of headings, paragraphs and tables, one below the other: text with a structure that a
 * screen reader follows, and the same bytes for the same words.
 */
final class Paper implements AutoCloseable {

    private static final float MARGIN = 54;
    private static final float GAP = 8;
    private static final float LEADING = 1.4f;
    private static final float HAIRLINE = 0.5f;
    private static final float TITLE = 20;
    private static final float HEADING = 13;
    private static final float BODY = 9.5f;
    private static final float SMALL = 7.5f;
    private static final float RULE_GRAY = 0.75f;

    /**
     * A column of a table.
     *
     * @param share of the width, in proportion to the others'
     * @param figures whether what stands in it is set to the right
     */
    record Column(String head, float share, boolean figures) {

        static Column of(String head, float share) {
            return new Column(head, share, false);
        }

        static Column figures(String head, float share) {
            return new Column(head, share, true);
        }
    }

    private final PDDocument document = new PDDocument();
    private final Lettering lettering;
    private final PDStructureElement root;
    private final Map<Integer, PDParentTreeValue> parents = new TreeMap<>();
    private final String foot;
    private PDPage page;
    private PDPageContentStream content;
    private COSArray marks;
    private float y;

    /**
     * An empty one.
     *
     * @param made what it says it was made at, and its id is made of
     * @param foot stands below every page, with the page's number
     */
    Paper(Locale language, String title, Instant made, String foot) throws IOException {
        this.lettering = new Lettering(document);
        this.foot = foot;
        describe(language, title, made);
        PDStructureTreeRoot tree = new PDStructureTreeRoot();
        document.getDocumentCatalog().setStructureTreeRoot(tree);
        this.root = new PDStructureElement("Document", tree);
        tree.appendKid(root);
        this.page = new PDPage();
        this.marks = new COSArray();
        this.content = turn();
    }

    private void describe(Locale language, String title, Instant made) {
        PDDocumentInformation about = document.getDocumentInformation();
        GregorianCalendar date =
                GregorianCalendar.from(ZonedDateTime.ofInstant(made, ZoneOffset.UTC));
        about.setTitle(title);
        about.setProducer("Atelier");
        about.setCreationDate(date);
        about.setModificationDate(date);
        document.setDocumentId(made.getEpochSecond());
        PDDocumentCatalog catalog = document.getDocumentCatalog();
        catalog.setLanguage(language.toLanguageTag());
        PDMarkInfo tagged = new PDMarkInfo();
        tagged.setMarked(true);
        catalog.setMarkInfo(tagged);
        PDViewerPreferences preferences = new PDViewerPreferences(new COSDictionary());
        preferences.setDisplayDocTitle(true);
        catalog.setViewerPreferences(preferences);
    }

    void title(String text) throws IOException {
        block("H1", text, TITLE);
    }

    void heading(String text) throws IOException {
        room(HEADING * 4);
        y -= GAP;
        block("H2", text, HEADING);
    }

    void paragraph(String text) throws IOException {
        block("P", text, BODY);
    }

    void note(String text) throws IOException {
        block("P", text, SMALL);
    }

    /** A table whose first column names its rows; the head stands again on every page. */
    void table(List<Column> columns, List<List<String>> rows) throws IOException {
        PDStructureElement table = child(root, "Table");
        List<String> heads = columns.stream().map(Column::head).toList();
        room(3 * BODY * LEADING + GAP);
        y -= GAP;
        row(columns, heads, child(table, "TR"), true);
        for (List<String> row : rows) {
            if (room(height(columns, row))) {
                row(columns, heads, null, true);
            }
            row(columns, row, child(table, "TR"), false);
        }
        y -= GAP;
    }

    /** The finished document; nothing can be added after. */
    byte[] bytes() throws IOException {
        end();
        PDNumberTreeNode numbers = new PDNumberTreeNode(PDParentTreeValue.class);
        numbers.setNumbers(parents);
        PDStructureTreeRoot tree = document.getDocumentCatalog().getStructureTreeRoot();
        tree.setParentTree(numbers);
        tree.setParentTreeNextKey(parents.size());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        document.save(out, CompressParameters.NO_COMPRESSION);
        return out.toByteArray();
    }

    private void block(String tag, String text, float size) throws IOException {
        List<String> lines = lines(text, width(), size);
        room(Math.min(lines.size(), 2) * size * LEADING);
        PDStructureElement element = child(root, tag);
        int from = 0;
        while (from < lines.size()) {
            int fits = Math.max(1, (int) ((y - MARGIN) / (size * LEADING)));
            int to = Math.min(lines.size(), from + fits);
            begin(element, tag, text);
            for (String line : lines.subList(from, to)) {
                y -= size * LEADING;
                write(line, MARGIN, y, size);
            }
            content.endMarkedContent();
            from = to;
            if (from < lines.size()) {
                room(Float.MAX_VALUE);
            }
        }
        y -= size * LEADING - size;
    }

    /** One row; an artifact where it is the head again. */
    private void row(
            List<Column> columns,
            List<String> cells,
            @Nullable PDStructureElement row,
            boolean head)
            throws IOException {
        float height = height(columns, cells);
        float x = MARGIN;
        for (int i = 0; i < columns.size(); i++) {
            float width = width(columns, i);
            if (row == null) {
                content.beginMarkedContent(COSName.ARTIFACT);
            } else {
                String tag = head || i == 0 ? "TH" : "TD";
                PDStructureElement cell = child(row, tag);
                if (tag.equals("TH")) {
                    PDTableAttributeObject scope = new PDTableAttributeObject();
                    scope.setScope(head ? "Column" : "Row");
                    cell.addAttribute(scope);
                }
                begin(cell, tag, cells.get(i));
            }
            float at = y;
            for (String line : lines(cells.get(i), width - GAP, size(head))) {
                at -= size(head) * LEADING;
                float indent =
                        columns.get(i).figures()
                                ? width - GAP - lettering.width(line, size(head))
                                : 0;
                write(line, x + indent, at, size(head));
            }
            content.endMarkedContent();
            x += width;
        }
        y -= height;
        hairline();
    }

    private static float size(boolean head) {
        return head ? SMALL : BODY;
    }

    private float height(List<Column> columns, List<String> cells) throws IOException {
        int most = 1;
        for (int i = 0; i < columns.size(); i++) {
            most = Math.max(most, lines(cells.get(i), width(columns, i) - GAP, BODY).size());
        }
        return most * BODY * LEADING + GAP / 2;
    }

    private float width(List<Column> columns, int column) {
        float all = 0;
        for (Column one : columns) {
            all += one.share();
        }
        return width() * columns.get(column).share() / all;
    }

    private float width() {
        return page.getMediaBox().getWidth() - 2 * MARGIN;
    }

    private void hairline() throws IOException {
        content.beginMarkedContent(COSName.ARTIFACT);
        content.setLineWidth(HAIRLINE);
        content.setStrokingColor(RULE_GRAY);
        content.moveTo(MARGIN, y);
        content.lineTo(MARGIN + width(), y);
        content.stroke();
        content.endMarkedContent();
    }

    private void write(String text, float x, float baseline, float size) throws IOException {
        content.beginText();
        content.newLineAtOffset(x, baseline);
        lettering.write(content, text, size);
        content.endText();
    }

    /** What follows belongs to this element; where a letter cannot be shown it can be read. */
    private void begin(PDStructureElement element, String tag, String text) throws IOException {
        int mark = marks.size();
        PDMarkedContentReference reference = new PDMarkedContentReference();
        reference.setMCID(mark);
        reference.setPage(page);
        element.setPage(page);
        element.appendKid(reference);
        if (!lettering.shows(text)) {
            element.setActualText(text);
        }
        marks.add(element);
        content.beginMarkedContent(COSName.getPDFName(tag), mark);
    }

    private static PDStructureElement child(PDStructureNode parent, String tag) {
        PDStructureElement child = new PDStructureElement(tag, parent);
        parent.appendKid(child);
        return child;
    }

    /** Turns the page unless so much room is left; whether it did. */
    private boolean room(float height) throws IOException {
        if (y - height >= MARGIN) {
            return false;
        }
        end();
        content = turn();
        return true;
    }

    private PDPageContentStream turn() throws IOException {
        page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        marks = new COSArray();
        page.setStructParents(parents.size());
        page.getCOSObject().setItem(COSName.getPDFName("Tabs"), COSName.S);
        parents.put(parents.size(), new PDParentTreeValue(marks));
        y = page.getMediaBox().getHeight() - MARGIN;
        return new PDPageContentStream(document, page);
    }

    private void end() throws IOException {
        content.beginMarkedContent(COSName.ARTIFACT);
        write(
                foot + "  ·  " + document.getNumberOfPages(),
                MARGIN,
                MARGIN - 2 * GAP - SMALL,
                SMALL);
        content.endMarkedContent();
        content.close();
    }

    private List<String> lines(String text, float width, float size) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words(text)) {
            if (!line.isEmpty() && lettering.width(line + word.strip(), size) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            for (int letter : word.codePoints().toArray()) {
                String more = Character.toString(letter);
                if (!line.isEmpty()
                        && !more.isBlank()
                        && lettering.width(line + more, size) > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(more);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    /** Where a line may end: after a space, and beside every Han letter. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int letter : text.codePoints().toArray()) {
            boolean alone = Character.isIdeographic(letter);
            if (alone && !word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
            word.appendCodePoint(letter);
            if (alone || letter == ' ') {
                words.add(word.toString());
                word.setLength(0);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    @Override
    public void close() throws IOException {
        document.close();
        lettering.close();
    }
}
