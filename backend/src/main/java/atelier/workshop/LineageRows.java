package atelier.workshop;

import atelier.kernel.WorkId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads what the mirrored works are remixes of, and what was made of them. */
@Repository
class LineageRows {

    private final JdbcClient jdbc;

    LineageRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What each of these works is a remix of, in the order its creator named it; all are there. */
    Map<WorkId, List<WorkId>> parents(Collection<WorkId> works) {
        Map<WorkId, List<WorkId>> parents = new LinkedHashMap<>();
        works.forEach(work -> parents.put(work, new ArrayList<>()));
        if (!works.isEmpty()) {
            jdbc.sql(
                            """
                            SELECT token_id, parent FROM derived.work_parent
                            WHERE token_id = ANY (CAST(:works AS numeric[]))
                            ORDER BY token_id, position
                            """)
                    .param("works", works.stream().map(WorkId::toString).toArray(String[]::new))
                    .query(row -> {
                        parents.computeIfAbsent(work(row.getBigDecimal(1)), _ -> new ArrayList<>())
                                .add(work(row.getBigDecimal(2)));
                    });
        }
        return parents;
    }

    /** What was made of a work until a block, newest first. */
    List<WorkId> remixes(WorkId parent, long block, int limit, long offset) {
        return jdbc.sql(
                        """
                        SELECT token_id FROM derived.work_parent
                        WHERE parent = :parent AND block_number <= :block
                        ORDER BY block_number DESC, log_index DESC LIMIT :limit OFFSET :offset
                        """)
                .param("parent", parent.tokenId())
                .param("block", block)
                .param("limit", limit)
                .param("offset", offset)
                .query((row, _) -> work(row.getBigDecimal(1)))
                .list();
    }

    long countRemixes(WorkId parent) {
        return jdbc.sql("SELECT count(*) FROM derived.work_parent WHERE parent = :parent")
                .param("parent", parent.tokenId())
                .query(Long.class)
                .single();
    }

    private static WorkId work(BigDecimal number) {
        return new WorkId(number.toBigIntegerExact());
    }
}
