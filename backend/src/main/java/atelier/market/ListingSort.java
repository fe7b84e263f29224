package atelier.market;

/** In which order the market shows its works. */
public enum ListingSort {
    NEWEST("o.number desc"),
    CHEAPEST("o.price, o.number desc"),
    DEAREST("o.price desc, o.number desc");

    private final String sql;

    ListingSort(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }
}
