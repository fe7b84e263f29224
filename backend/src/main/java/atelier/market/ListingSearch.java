package atelier.market;

import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds what is for sale by words, recipe and creator. */
@Repository
class ListingSearch {

    private final JdbcClient jdbc;

    ListingSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    ListingPage search(ListingQuery query, Moment moment) {
        long total = count(query, moment);
        int pages = (int) Math.max(1, Math.ceilDiv(total, query.size()));
        return new ListingPage(page(query, moment), total, query.page(), pages);
    }

    ListingFilters filters(Moment moment) {
        return new ListingFilters(
                distinct("recipe", moment, Long.class).stream().map(RecipeId::new).toList(),
                distinct("creator", moment, byte[].class).stream().map(Address::of).toList());
    }

    private List<SignedOrder> page(ListingQuery query, Moment moment) {
        return jdbc.sql(
                        "select o.* "
                                + SignedOrders.open(conditions(query))
                                + "order by "
                                + query.sort().sql()
                                + " limit :size offset :offset")
                .params(parameters(query, moment))
                .param("size", query.size())
                .param("offset", query.offset())
                .query(SignedOrders::row)
                .list();
    }

    private long count(ListingQuery query, Moment moment) {
        return jdbc.sql("select count(*) " + SignedOrders.open(conditions(query)))
                .params(parameters(query, moment))
                .query(Long.class)
                .single();
    }

    private <T> List<T> distinct(String column, Moment moment, Class<T> type) {
        return jdbc.sql("select distinct o." + column + " " + SignedOrders.open("") + "order by 1")
                .params(SignedOrders.moment(moment))
                .query((row, _) -> type.cast(row.getObject(1)))
                .list();
    }

    private static String conditions(ListingQuery query) {
        return (query.text().isEmpty() ? "" : " and o.words ilike :text")
                + (query.recipe() == null ? "" : " and o.recipe = :recipe")
                + (query.creator() == null ? "" : " and o.creator = :creator");
    }

    private static Map<String, Object> parameters(ListingQuery query, Moment moment) {
        Map<String, Object> parameters = new HashMap<>(SignedOrders.moment(moment));
        parameters.put("text", "%" + literal(query.text()) + "%");
        if (query.recipe() != null) {
            parameters.put("recipe", query.recipe().number());
        }
        if (query.creator() != null) {
            parameters.put("creator", query.creator().bytes());
        }
        return parameters;
    }

    /** What people type is no pattern. */
    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
