package atelier.market;

import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
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

    private static final String CREATORS =
            """
            select creator from (
                select creator, number from recorded.signed_order
                where withdrawn_at is null and not ended
                  and chain_id = :chainId and contract = :contract
                order by number desc limit :reach) newest
            group by creator order by max(number) desc limit 100
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
        List<Long> counted = walk(query, moment);
        boolean more = counted.size() > ListingQuery.REACH;
        int total = Math.min(counted.size(), ListingQuery.REACH);
        List<SignedOrder> found =
                query.after() == null ? page(counted, query, moment) : on(query, moment);
        List<SignedOrder> shown = found.stream().limit(query.size()).toList();
        return new ListingPage(
                shown,
                total,
                more,
                query.page(),
                Math.max(1, Math.ceilDiv(total, query.size())),
                found.size() > shown.size() ? ListingPlace.of(shown.getLast()) : null);
    }

    /** The first of them, uncounted. */
    List<SignedOrder> newest(int limit, Moment moment) {
        ListingQuery everything = new ListingQuery("", null, null, ListingSort.NEWEST, 1, limit);
        return on(everything, moment).stream().limit(limit).toList();
    }

    /** Recipes and, of those offered last, creators of works that may be for sale. */
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
        return jdbc.sql(CREATORS)
                .param("chainId", moment.chainId())
                .param("contract", moment.contract().bytes())
                .param("reach", ListingQuery.REACH)
                .query((row, _) -> Address.of(row.getBytes("creator")))
                .list();
    }

    /** Everything that is counted, in order, and one more if there is. */
    private List<Long> walk(ListingQuery query, Moment moment) {
        return jdbc.sql(
                        "select o.number %s order by %s limit :most"
                                .formatted(
                                        SignedOrders.open(conditions(query)), query.sort().sql()))
                .params(parameters(query, moment))
                .param("most", ListingQuery.REACH + 1)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    /** A page of what was counted, and one more if there is. */
    private List<SignedOrder> page(List<Long> counted, ListingQuery query, Moment moment) {
        List<Long> numbers =
                counted.stream().skip(query.offset()).limit(query.size() + 1L).toList();
        return jdbc
                .sql("select o.* " + SignedOrders.open(" and o.number = any (:numbers)"))
                .params(SignedOrders.moment(moment))
                .param("numbers", numbers.toArray(Long[]::new))
                .query(SignedOrders::row)
                .list()
                .stream()
                .sorted(Comparator.comparingInt(one -> numbers.indexOf(one.number())))
                .toList();
    }

    /** What comes after a place, or first of all, and one more than fit if there are. */
    private List<SignedOrder> on(ListingQuery query, Moment moment) {
        return jdbc.sql(
                        "select o.* %s order by %s limit :most"
                                .formatted(
                                        SignedOrders.open(conditions(query) + after(query)),
                                        query.sort().sql()))
                .params(parameters(query, moment))
                .param("most", query.size() + 1)
                .query(SignedOrders::row)
                .list();
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
