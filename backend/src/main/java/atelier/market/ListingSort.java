package atelier.market;

/** In which order the market shows its works; each has an index in that order. */
public enum ListingSort {
    NEWEST("o.number desc", "o.number < :number"),
    CHEAPEST(
            "o.price, o.number desc",
            "o.price >= :price and (o.price > :price or o.number < :number)"),
    DEAREST(
            "o.price desc, o.number desc",
            "o.price <= :price and (o.price < :price or o.number < :number)");

    private final String sql;
    private final String after;

    ListingSort(String sql, String after) {
        this.sql = sql;
        this.after = after;
    }

    String sql() {
        return sql;
    }

    /** What comes after the listing of this {@code :price} and {@code :number}. */
    String after() {
        return after;
    }
}
