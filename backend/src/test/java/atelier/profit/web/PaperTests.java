package atelier.profit.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class PaperTests {

    private static final Instant MADE = Instant.parse("2026-11-22T00:00:00Z");
    private static final List<String> NAMES =
            List.of("林妤蓁", "陳㵆", "张家豪", "木村さくら", "ナナ", "Zoë Ångström", "Мария");

    @Test
    void givesTheSameBytesForTheSameWords() throws IOException {
        assertThat(paper(NAMES)).isEqualTo(paper(NAMES));
        assertThat(paper(NAMES)).isNotEqualTo(paper(List.of("林妤蓁")));
    }

    @Test
    void canBeReadAsText() throws IOException {
        try (PDDocument read = Loader.loadPDF(paper(NAMES))) {
            assertThat(new PDFTextStripper().getText(read)).contains(NAMES);
            for (PDPage page : read.getPages()) {
                for (var font : page.getResources().getFontNames()) {
                    PDFont used = page.getResources().getFont(font);
                    assertThat(used.isEmbedded()).isTrue();
                    assertThat(used.getName()).matches("[A-Z]{6}\\+.*");
                }
            }
        }
        assertThat(paper(NAMES).length).isLessThan(100_000);
    }

    @Test
    void tellsAScreenReaderWhatIsWhat() throws IOException {
        try (PDDocument read = Loader.loadPDF(paper(NAMES))) {
            assertThat(read.getDocumentCatalog().getLanguage()).isEqualTo("zh-TW");
            assertThat(read.getDocumentInformation().getTitle()).isEqualTo("第 3 期分潤表");
            assertThat(read.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            List<String> tags =
                    elements(read).stream().map(PDStructureElement::getStructureType).toList();
            assertThat(tags).startsWith("Document", "H1", "Table", "TR", "TH", "TH", "TR", "TH");
            assertThat(tags.stream().filter("TR"::equals)).hasSize(NAMES.size() + 1);
        }
    }

    @Test
    void saysWhatItCannotShow() throws IOException {
        try (PDDocument read = Loader.loadPDF(paper(List.of("𠮷田")))) {
            assertThat(new PDFTextStripper().getText(read)).contains("〓田");
            assertThat(elements(read).stream().map(PDStructureElement::getActualText))
                    .contains("𠮷田");
        }
    }

    @Test
    void goesOnWithTheHeadOnTheNextPage() throws IOException {
        List<String> many = IntStream.range(0, 120).mapToObj(i -> "名字 " + i).toList();
        try (PDDocument read = Loader.loadPDF(paper(many))) {
            assertThat(read.getNumberOfPages()).isGreaterThan(2);
            PDFTextStripper second = new PDFTextStripper();
            second.setStartPage(2);
            second.setEndPage(2);
            assertThat(second.getText(read)).startsWith("誰");
            assertThat(new PDFTextStripper().getText(read)).contains(many);
        }
    }

    private static byte[] paper(List<String> names) throws IOException {
        try (Paper paper = new Paper(Locale.forLanguageTag("zh-TW"), "第 3 期分潤表", MADE, "分潤")) {
            paper.title("第 3 期分潤表");
            paper.table(
                    List.of(Paper.Column.of("誰", 2), Paper.Column.figures("點數", 1)),
                    names.stream().map(name -> List.of(name, "12.50")).toList());
            return paper.bytes();
        }
    }

    private static List<PDStructureElement> elements(PDDocument document) {
        List<PDStructureElement> all = new ArrayList<>();
        collect(document.getDocumentCatalog().getStructureTreeRoot(), all);
        return all;
    }

    private static void collect(PDStructureNode node, List<PDStructureElement> all) {
        for (Object kid : node.getKids()) {
            if (kid instanceof PDStructureElement element) {
                all.add(element);
                collect(element, all);
            }
        }
    }
}
