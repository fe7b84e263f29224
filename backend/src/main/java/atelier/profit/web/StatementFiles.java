package atelier.profit.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import atelier.profit.CostReceipts;
import atelier.profit.EpochView;
import atelier.profit.Line;
import atelier.profit.Profit;
import atelier.profit.Role;
import jakarta.annotation.security.PermitAll;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Statements and receipts to take away: the text that is hashed, the shares as a table, a PDF. */
@Controller
@PermitAll
class StatementFiles {

    private static final MediaType CSV = new MediaType("text", "csv", UTF_8);

    /** By which spreadsheets know that names are in UTF-8. */
    private static final char BYTE_ORDER_MARK = '\ufeff';

    /** What a cell begins with that a spreadsheet takes for a formula. */
    private static final String FORMULAS = "=+-@\t\r";

    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final Profit profit;
    private final CostReceipts receipts;
    private final StatementPaper paper;
    private final Words words;

    StatementFiles(Profit profit, CostReceipts receipts, StatementPaper paper, Words words) {
        this.profit = profit;
        this.receipts = receipts;
        this.paper = paper;
        this.words = words;
    }

    @GetMapping("/profit/{epoch:\\d+}/statement.txt")
    ResponseEntity<byte[]> text(@PathVariable("epoch") String epoch) {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "plain", US_ASCII))
                .body(profit.text(Paths.epoch(epoch)));
    }

    @GetMapping("/profit/{epoch:\\d+}/statement.pdf")
    ResponseEntity<byte[]> paper(@PathVariable("epoch") String number) {
        EpochView view = profit.epoch(Paths.epoch(number));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .header(HttpHeaders.CONTENT_DISPOSITION, named("epoch-%d.pdf", view.number()))
                .body(paper.of(view));
    }

    @GetMapping("/profit/{epoch:\\d+}/shares.csv")
    ResponseEntity<StreamingResponseBody> shares(@PathVariable("epoch") String number) {
        long epoch = profit.epoch(Paths.epoch(number)).number();
        StreamingResponseBody body =
                out -> {
                    PrintWriter csv = new PrintWriter(new OutputStreamWriter(out, UTF_8));
                    csv.print(BYTE_ORDER_MARK);
                    csv.print(header());
                    profit.eachLines(epoch, lines -> print(lines, csv));
                    csv.flush();
                };
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, named("epoch-%d-shares.csv", epoch))
                .body(body);
    }

    @GetMapping("/profit/receipts/{hash}")
    ResponseEntity<byte[]> receipt(@PathVariable("hash") String hash) {
        Hash32 asked = Paths.receipt(hash);
        byte[] pdf = receipts.pdf(asked).orElseThrow(() -> Refused.notFound("receipt.unknown"));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .cacheControl(FOR_EVER)
                .eTag(asked.toString())
                .header(HttpHeaders.CONTENT_DISPOSITION, named("receipt-%s.pdf", asked))
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .body(pdf);
    }

    private static String named(String pattern, Object what) {
        return ContentDisposition.attachment().filename(pattern.formatted(what)).build().toString();
    }

    private void print(List<Line> lines, PrintWriter csv) {
        Map<Address, String> names =
                words.names(lines.stream().map(Line::account).collect(Collectors.toSet()));
        lines.forEach(line -> csv.print(row(line, names.getOrDefault(line.account(), ""))));
    }

    private static String header() {
        return line(
                Stream.of(
                                Stream.of("number", "account", "total", "fresh"),
                                Role.OF_ACCOUNTS.stream().map(Role::key),
                                Stream.of("name"))
                        .flatMap(fields -> fields));
    }

    private static String row(Line line, String name) {
        return line(
                Stream.of(
                                Stream.of(
                                        Integer.toString(line.number()),
                                        line.account().toString(),
                                        line.total().toString(),
                                        line.fresh().toString()),
                                Role.OF_ACCOUNTS.stream().map(role -> line.by(role).toString()),
                                Stream.of(quoted(name)))
                        .flatMap(fields -> fields));
    }

    /** A name that a spreadsheet shows, and never computes. */
    static String quoted(String name) {
        boolean formula = !name.isEmpty() && FORMULAS.indexOf(name.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + name.replace("\"", "\"\"") + '"';
    }

    private static String line(Stream<String> fields) {
        return fields.collect(Collectors.joining(",", "", "\r\n"));
    }
}
