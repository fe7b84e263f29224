package atelier.market;

import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds what is for sale by words, recipe and creator. Nothing here reads more of the market than
 * {@value ListingQuery#REACH} works that are for sale, however many there are.
 */
@Repository
class ListingSearch {

    // From one recipe's first offer to the next recipe's: as many steps as there are recipes.
    private static final String RECIPES =
            """
            with recursive offered (recipe) as (
                select min(recipe) from recorded.signed_order
                where withdrawn_at is null and not ended
                  and chain_id = :chainId and contract = :contract
                union all
                select (select min(o.recipe) from recorded.signed_order o
                        where o.withdrawn_at is null and not o.ended and o.recipe > offered.recipe
                          and o.chain_id = :chainId and o.contract = :contract)
                from offered where offered.recipe is not null)
            select recipe from offered where recipe is not null limit 200
            """;

    private final JdbcClient jdbc;

    ListingSearch(DataSource database) {
        this.jdbc = JdbcClient.create(new Afresh(database));
    }

    /**
     * Has every statement planned for the values it comes with: whether it is quicker to walk along
     * the market or to look words up depends on the words.
     */
    private static final class Afresh extends JdbcTemplate {

        Afresh(DataSource database) {
            super(database);
        }

        @Override
        protected void applyStatementSettings(Statement statement) throws SQLException {
            super.applyStatementSettings(statement);
            statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        }
    }

    ListingPage search(ListingQuery query, Moment moment) {
        List<SignedOrder> found = page(query, moment);
        boolean on = found.size() > query.size();
        List<SignedOrder> shown = on ? found.subList(0, query.size()) : found;
        long total = total(query, found.size(), moment);
        long counted = Math.min(total, ListingQuery.REACH);
        return new ListingPage(
                shown,
                counted,
                total > counted,
                query.page(),
                (int) Math.max(1, Math.ceilDiv(counted, query.size())),
                on ? ListingPlace.of(shown.getLast()) : null);
    }

    /** The first of them, uncounted. */
    List<SignedOrder> newest(int limit, Moment moment) {
        return page(new ListingQuery("", null, null, ListingSort.NEWEST, 1, limit), moment).stream()
                .limit(limit)
                .toList();
    }

    /** Every recipe that may have works for sale, and the creators of those offered last. */
    ListingFilters filters(Moment moment) {
        return new ListingFilters(recipes(moment), creators(moment));
    }

    private List<RecipeId> recipes(Moment moment) {
        return jdbc.sql(RECIPES)
                .param("chainId", moment.chainId())
                .param("contract", moment.contract().bytes())
                .query((row, _) -> new RecipeId(row.getLong("recipe")))
                .list();
    }

    private List<Address> creators(Moment moment) {
        return jdbc.sql(
                        """
                        select creator from (
                            select o.creator, o.number %s
                            order by o.number desc limit :reach) o
                        group by creator order by max(number) desc limit 100
                        """
                                .formatted(SignedOrders.open("")))
                .params(SignedOrders.moment(moment))
                .param("reach", ListingQuery.REACH)
                .query((row, _) -> Address.of(row.getBytes("creator")))
                .list();
    }

    /** One more than fit on the page, if there are. */
    private List<SignedOrder> page(ListingQuery query, Moment moment) {
        return jdbc.sql(
                        "select o.* "
                                + SignedOrders.open(conditions(query) + after(query))
                                + "order by "
                                + query.sort().sql()
                                + " limit :size offset :offset")
                .params(parameters(query, moment))
                .param("size", query.size() + 1)
                .param("offset", query.offset())
                .query(SignedOrders::row)
                .list();
    }

    /** All that are found, or one more than are counted; a first page may hold them all. */
    private long total(ListingQuery query, int found, Moment moment) {
        if (query.after() == null && query.page() == 1 && found <= query.size()) {
            return found;
        }
        return jdbc.sql(
                        """
                        select count(*) from (
                            select 1 %s
                            order by %s limit :most) counted
                        """
                                .formatted(
                                        SignedOrders.open(conditions(query)), query.sort().sql()))
                .params(parameters(query, moment))
                .param("most", ListingQuery.REACH + 1)
                .query(Long.class)
                .single();
    }

    private static String conditions(ListingQuery query) {
        return words(query.text())
                + (query.recipe() == null ? "" : " and o.recipe = :recipe")
                + (query.creator() == null ? "" : " and o.creator = :creator");
    }

    private static String words(String text) {
        if (text.isEmpty()) {
            return "";
        }
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        return " and o.sought like lower(:text)"
                + (ascii ? "" : " and o.grams @> recorded.script_grams(:grams)");
    }

    private static String after(ListingQuery query) {
        return query.after() == null ? "" : " and " + query.sort().after();
    }

    private static Map<String, Object> parameters(ListingQuery query, Moment moment) {
        Map<String, Object> parameters = new HashMap<>(SignedOrders.moment(moment));
        parameters.put("text", "%" + literal(query.text()) + "%");
        parameters.put("grams", query.text());
        if (query.recipe() != null) {
            parameters.put("recipe", query.recipe().number());
        }
        if (query.creator() != null) {
            parameters.put("creator", query.creator().bytes());
        }
        if (query.after() != null) {
            parameters.put("price", query.after().price().units());
            parameters.put("number", query.after().number());
        }
        return parameters;
    }

    /** What people type is no pattern. */
    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
