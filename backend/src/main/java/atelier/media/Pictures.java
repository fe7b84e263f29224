package atelier.media;

import atelier.kernel.Hash32;
import atelier.kernel.MemberId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
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

    private final JdbcClient jdbc;

    Pictures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    void keep(Developed developed, MemberId by, Instant at) {
        Picture picture = developed.picture();
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
                        INSERT INTO recorded.picture_upload (hash, member, uploaded)
                        VALUES (:hash, :member, :at)
                        ON CONFLICT (hash, member) DO UPDATE SET uploaded = excluded.uploaded
                        """)
                .param("hash", picture.hash().bytes())
                .param("member", by.id())
                .param("at", Timestamp.from(at))
                .update();
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
