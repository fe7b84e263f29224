package atelier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import atelier.kernel.WorkId;
import atelier.ledger.Asset;
import atelier.ledger.Ledger;
import atelier.ledger.Place;
import atelier.market.ListingQuery;
import atelier.market.ListingSort;
import atelier.market.Market;
import atelier.market.SignedOrder;
import atelier.workshop.WorkView;
import atelier.workshop.Workshop;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The ten busiest queries behind pages, asked at the doors of a large community, one at a time; and
 * whether any of them reads a large table from end to end.
 */
final class Pages {

    private static final double MILLIS = 20;
    private static final int TIMES = 300;
    private static final int WARM = 30;
    private static final int PAGE = 24;
    private static final long LARGE = 10_000;
    private static final long SEED = 20260101;

    /** Found once in a hundred, everywhere, nowhere, and in a script without spaces. */
    private static final List<String> WORDS = List.of("etude %d", "etude", "nocturne %d", "水彩");

    private final Arena arena;
    private final Results results;
    private final Random random = new Random(SEED);
    private final List<WorkId> works;
    private final Set<String> large;
    private final long height;

    Pages(Arena arena, Results results) {
        this.arena = arena;
        this.results = results;
        this.works =
                arena.database()
                        .sql(
                                "SELECT token_id FROM derived.work TABLESAMPLE SYSTEM (1) REPEATABLE"
                                        + " (1) LIMIT 1000")
                        .query((row, _) -> new WorkId(row.getBigDecimal(1).toBigIntegerExact()))
                        .list();
        this.large =
                new HashSet<>(
                        arena.database()
                                .sql("SELECT relname FROM pg_class WHERE reltuples > " + LARGE)
                                .query((row, _) -> row.getString(1))
                                .list());
        this.height =
                arena.database()
                        .sql("SELECT max(number) FROM derived.block")
                        .query(Long.class)
                        .single();
    }

    private Map<String, Runnable> queries() {
        Workshop workshop = arena.bean(Workshop.class);
        Market market = arena.bean(Market.class);
        Ledger ledger = arena.bean(Ledger.class);
        RecipeId recipe = new RecipeId(1);
        Map<String, Runnable> queries = new LinkedHashMap<>();
        queries.put("work", () -> assertThat(workshop.work(work())).isPresent());
        queries.put(
                "provenance",
                () -> {
                    WorkId work = work();
                    workshop.provenance(work);
                    market.historyOf(work);
                    market.openListing(work).ifPresent(market::splitOf);
                });
        queries.put(
                "mine",
                () -> {
                    Address me = someone();
                    long owned = workshop.countOwnedBy(me);
                    workshop.worksOwnedBy(me, PAGE, random.nextLong(owned + 1));
                });
        queries.put(
                "shelf",
                () -> {
                    List<WorkView> works = workshop.worksOwnedBy(someone(), PAGE, 0);
                    market.openListings(works.stream().map(WorkView::id).toList());
                });
        queries.put(
                "recipe",
                () -> {
                    workshop.recipe(recipe);
                    workshop.worksMadeFrom(recipe, PAGE, 0);
                });
        queries.put("home", () -> shown(market.newest(PAGE)));
        queries.put(
                "market",
                () -> {
                    shown(market.search(anyPage()).listings());
                    market.filters();
                });
        queries.put(
                "search",
                () -> {
                    String words = WORDS.get(random.nextInt(WORDS.size()));
                    shown(market.search(query(words.formatted(random.nextInt(1_000)))).listings());
                });
        queries.put(
                "statement",
                () -> {
                    Address me = someone();
                    ledger.pointsOf(me);
                    ledger.availableOf(me);
                    ledger.statement(me, place(), 50);
                });
        queries.put(
                "as-of",
                () ->
                        ledger.holdingAt(
                                someone(), new Asset.Points(), height - random.nextInt(90_000)));
        return queries;
    }

    void measure() throws SQLException {
        double worst = 0;
        List<String> scans = new ArrayList<>();
        for (Map.Entry<String, Runnable> query : queries().entrySet()) {
            Load.run(1, WARM, (_, _) -> query.getValue().run());
            Load.Took took = Load.run(1, TIMES, (_, _) -> query.getValue().run());
            results.note(
                    "pages." + query.getKey(),
                    took.percentile(0.99),
                    took.percentile(0.5),
                    "ms, p50");
            worst = Math.max(worst, took.percentile(0.99));
            scans.addAll(scans(query.getKey(), query.getValue()));
        }
        scans.forEach(System.out::println);
        results.under("pages.p99", worst, MILLIS, "ms");
        results.under("pages.scans", scans.size(), 0, "plans");
    }

    /** Plans of a query's statements that read a large table as a whole. */
    private List<String> scans(String name, Runnable query) throws SQLException {
        List<String> scans = new ArrayList<>();
        try (Connection connection = arena.connect()) {
            for (SqlTap.Asked asked : arena.tap().during(query)) {
                if (asked.sql()
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .matches("(?s)(select|with)\\b.*")) {
                    JsonNode plan = SqlTap.plan(connection, asked);
                    walk(plan, name, scans);
                }
            }
        }
        return scans;
    }

    private void walk(JsonNode node, String name, List<String> scans) {
        String table = node.path("Relation Name").asString("");
        if (node.get("Node Type").asString().equals("Seq Scan") && large.contains(table)) {
            scans.add(
                    "%s reads all of %s in %.1f ms"
                            .formatted(name, table, node.get("Actual Total Time").asDouble()));
        }
        node.path("Plans").forEach(child -> walk(child, name, scans));
    }

    private WorkId work() {
        return works.get(random.nextInt(works.size()));
    }

    /** Whoever has much looks often. */
    private Address someone() {
        int number = (int) (Math.pow(random.nextDouble(), 3) * Library.ACCOUNTS);
        return Address.of(Library.account(number));
    }

    /** A page of a statement: the newest, or any other. */
    private Place place() {
        return random.nextBoolean() ? Place.END : new Place(height - random.nextInt(90_000), 0, 0);
    }

    private static ListingQuery query(String words) {
        return new ListingQuery(words, null, null, ListingSort.NEWEST, 1, PAGE);
    }

    private ListingQuery anyPage() {
        ListingSort[] sorts = ListingSort.values();
        return new ListingQuery(
                "", null, null, sorts[random.nextInt(sorts.length)], 1 + random.nextInt(10), PAGE);
    }

    /** What the cards of a page ask besides. */
    private void shown(List<SignedOrder> listings) {
        arena.bean(Workshop.class)
                .works(listings.stream().map(listing -> listing.order().work()).toList());
    }
}
