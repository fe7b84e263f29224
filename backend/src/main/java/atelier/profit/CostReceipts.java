package atelier.profit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import atelier.kernel.Hash32;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import atelier.kernel.Refused.Reason;
import atelier.media.Media;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * CostReceipts under the hash that the chain has of them: a PDF as it came, a picture made anew.
 */
@Component
public class CostReceipts {

    /** Longest PDF that is taken, in bytes. */
    static final int MOST_BYTES = 8 << 20;

    private static final byte[] PDF = "%PDF-".getBytes(US_ASCII);

    private final JdbcClient jdbc;
    private final Media media;
    private final Clock clock;

    CostReceipts(JdbcClient jdbc, Media media, Clock clock) {
        this.jdbc = jdbc;
        this.media = media;
        this.clock = clock;
    }

    /**
     * Takes a receipt in; the same again is the same.
     *
     * @throws Refused {@code receipt.missing}, {@code receipt.too-large}, {@code receipt.type} if
     *     it is neither a PDF nor a picture, or what else is wrong with a picture
     */
    Hash32 keep(InputStream upload, MemberId by) {
        byte[] bytes = limited(upload);
        return Arrays.equals(bytes, 0, Math.min(bytes.length, PDF.length), PDF, 0, PDF.length)
                ? keepPdf(bytes, by)
                : keepPicture(bytes, by);
    }

    /** A PDF that was kept. */
    public Optional<byte[]> pdf(Hash32 hash) {
        return jdbc.sql("SELECT content FROM recorded.receipt WHERE hash = :hash")
                .param("hash", hash.bytes())
                .query(byte[].class)
                .optional();
    }

    /** Where a receipt is to be seen; nowhere if it was never brought here. */
    public Optional<String> path(Hash32 hash) {
        if (media.find(hash).isPresent()) {
            return Optional.of("/pictures/" + hash);
        }
        return jdbc.sql("SELECT 1 FROM recorded.receipt WHERE hash = :hash")
                .param("hash", hash.bytes())
                .query(Integer.class)
                .optional()
                .map(_ -> "/profit/receipts/" + hash);
    }

    private Hash32 keepPicture(byte[] bytes, MemberId by) {
        try {
            return media.store(new ByteArrayInputStream(bytes), by).hash();
        } catch (Refused refused) {
            throw refused.code().equals("picture.type")
                    ? new Refused(Reason.UNSUPPORTED, "receipt.type")
                    : refused;
        }
    }

    private Hash32 keepPdf(byte[] bytes, MemberId by) {
        Hash32 hash = sha256(bytes);
        jdbc.sql(
                        """
                        INSERT INTO recorded.receipt VALUES (:hash, :content, :member, :stored)
                        ON CONFLICT DO NOTHING
                        """)
                .param("hash", hash.bytes())
                .param("content", bytes)
                .param("member", by.id())
                .param("stored", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return hash;
    }

    private static byte[] limited(InputStream upload) {
        byte[] bytes;
        try {
            bytes = upload.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw Refused.invalid("receipt.missing");
        }
        if (bytes.length == 0) {
            throw Refused.invalid("receipt.missing");
        }
        if (bytes.length > MOST_BYTES) {
            throw new Refused(Reason.TOO_LARGE, "receipt.too-large");
        }
        return bytes;
    }

    static Hash32 sha256(byte[] bytes) {
        try {
            return Hash32.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
