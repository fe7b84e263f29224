package atelier.profit.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import atelier.kernel.Hash32;
import atelier.kernel.Refused;
import atelier.profit.CostReceipts;
import atelier.profit.Line;
import atelier.profit.Profit;
import atelier.profit.Role;
import jakarta.annotation.security.PermitAll;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.time.Duration;
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
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final Profit profit;
    private final CostReceipts receipts;

    StatementFiles(Profit profit, CostReceipts receipts) {
        this.profit = profit;
        this.receipts = receipts;
    }

    @GetMapping("/profit/{epoch:\\d+}/statement.txt")
    ResponseEntity<byte[]> text(@PathVariable("epoch") String epoch) {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "plain", US_ASCII))
                .body(profit.text(Paths.epoch(epoch)));
    }

    @GetMapping("/profit/{epoch:\\d+}/shares.csv")
    ResponseEntity<StreamingResponseBody> shares(@PathVariable("epoch") String number) {
        long epoch = profit.epoch(Paths.epoch(number)).number();
        StreamingResponseBody body =
                out -> {
                    PrintWriter csv = new PrintWriter(new OutputStreamWriter(out, UTF_8));
                    csv.print(header());
                    profit.eachLine(epoch, line -> csv.print(row(line)));
                    csv.flush();
                };
        return ResponseEntity.ok()
                .contentType(CSV)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("epoch-%d-shares.csv".formatted(epoch))
                                .build()
                                .toString())
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
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("receipt-%s.pdf".formatted(asked))
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .body(pdf);
    }

    private static String header() {
        return line(
                Stream.concat(
                        Stream.of("number", "account", "total", "fresh"),
                        Role.OF_ACCOUNTS.stream().map(Role::key)));
    }

    private static String row(Line line) {
        return line(
                Stream.concat(
                        Stream.of(
                                Integer.toString(line.number()),
                                line.account().toString(),
                                line.total().toString(),
                                line.fresh().toString()),
                        Role.OF_ACCOUNTS.stream().map(role -> line.by(role).toString())));
    }

    private static String line(Stream<String> fields) {
        return fields.collect(Collectors.joining(",", "", "\r\n"));
    }
}
