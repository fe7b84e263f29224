package atelier.media;

import atelier.kernel.Hash32;
import atelier.kernel.MemberId;
import atelier.kernel.Refused;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The stored pictures and who brought them: the same picture of two members is stored once. */
@Repository
class Pictures {

    private static final String FACTS =
            "p.hash, p.type, p.width, p.height, length(p.content) AS bytes";

    private static final Duration DAY = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final MediaProperties measure;

    Pictures(JdbcClient jdbc, MediaProperties measure) {
        this.jdbc = jdbc;
        this.measure = measure;
    }

    /**
     * Keeps a picture under its hash, and that this member brought it.
     *
     * @throws Refused {@code picture.quota} if it is new of them and more than a day allows
     */
    @Transactional
    void keep(Developed developed, MemberId by, Instant at) {
        Picture picture = developed.picture();
        lock(by);
        if (broughtBy(by, picture.hash()).isEmpty()) {
            measure(by, at.minus(DAY), picture.bytes());
        }
        jdbc.sql(
                        """
                        INSERT INTO recorded.picture
                          (hash, type, width, height, content, preview_type, preview, stored)
                        VALUES (:hash, :type, :width, :height, :content, :previewType, :preview, :at)
                        ON CONFLICT (hash) DO NOTHING
                        """)
                .param("hash", picture.hash().bytes())
                .param("type", picture.type())
                .param("width", picture.width())
                .param("height", picture.height())
                .param("content", developed.content().content().getByteArray())
                .param("previewType", developed.preview().type())
                .param("preview", developed.preview().content().getByteArray())
                .param("at", Timestamp.from(at))
                .update();
        jdbc.sql(
                        """
                        INSERT INTO recorded.picture_upload (hash, member, uploaded, brought)
                        VALUES (:hash, :member, :at, :at)
                        ON CONFLICT (hash, member) DO UPDATE SET uploaded = excluded.uploaded
                        """)
                .param("hash", picture.hash().bytes())
                .param("member", by.id())
                .param("at", Timestamp.from(at))
                .update();
    }

    /** One after the other: of two at once the second is measured with the first. */
    private void lock(MemberId member) {
        jdbc.sql("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", "pictures of " + member)
                .query(Integer.class)
                .single();
    }

    private void measure(MemberId member, Instant since, long more) {
        jdbc.sql(
                        """
                        SELECT count(*) AS pictures, coalesce(sum(length(p.content)), 0) AS bytes
                        FROM recorded.picture_upload u JOIN recorded.picture p USING (hash)
                        WHERE u.member = :member AND u.brought > :since
                        """)
                .param("member", member.id())
                .param("since", Timestamp.from(since))
                .query(row -> {
                    measure.check(row.getLong("pictures"), row.getLong("bytes"), more);
                });
    }

    Optional<StoredPicture> content(Hash32 hash) {
        return stored("SELECT type, content FROM recorded.picture WHERE hash = :hash", hash);
    }

    Optional<StoredPicture> preview(Hash32 hash) {
        return stored(
                "SELECT preview_type, preview FROM recorded.picture WHERE hash = :hash", hash);
    }

    private Optional<StoredPicture> stored(String sql, Hash32 hash) {
        return jdbc.sql(sql)
                .param("hash", hash.bytes())
                .query((row, number) ->
                        new StoredPicture(row.getString(1), new ByteArrayResource(row.getBytes(2))))
                .optional();
    }

    Optional<Picture> broughtBy(MemberId member, Hash32 hash) {
        return jdbc.sql(
                        "SELECT "
                                + FACTS
                                + " FROM recorded.picture p JOIN recorded.picture_upload u USING (hash)"
                                + " WHERE p.hash = :hash AND u.member = :member")
                .param("hash", hash.bytes())
                .param("member", member.id())
                .query((row, number) -> picture(row))
                .optional();
    }

    List<Picture> latestOf(MemberId member, int limit) {
        return jdbc.sql(
                        "SELECT "
                                + FACTS
                                + " FROM recorded.picture p JOIN recorded.picture_upload u USING (hash)"
                                + " WHERE u.member = :member ORDER BY u.uploaded DESC LIMIT :limit")
                .param("member", member.id())
                .param("limit", limit)
                .query((row, number) -> picture(row))
                .list();
    }

    Optional<Picture> find(Hash32 hash) {
        return jdbc.sql("SELECT " + FACTS + " FROM recorded.picture p WHERE p.hash = :hash")
                .param("hash", hash.bytes())
                .query((row, number) -> picture(row))
                .optional();
    }

    private static Picture picture(ResultSet row) throws SQLException {
        return new Picture(
                Hash32.of(row.getBytes("hash")),
                row.getString("type"),
                row.getInt("width"),
                row.getInt("height"),
                row.getLong("bytes"));
    }
}
