package atelier.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import atelier.kernel.SupplyId;
import atelier.kernel.WorkId;
import atelier.testing.MirroredLogs;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class LedgerProjectionTest {

    private static final String TRANSFER = "Transfer(address,address,uint256)";
    private static final String SINGLE = "TransferSingle(address,address,address,uint256,uint256)";
    private static final String BATCH =
            "TransferBatch(address,address,address,uint256[],uint256[])";
    private static final String FORWARDED = "ExecutedForwardRequest(address,uint256,bool)";
    private static final String BOUGHT = "Bought(address,uint256,address,uint256,uint256,uint256)";
    private static final String CRAFTED = "Crafted(uint256,uint64,address,uint256,uint256)";
    private static final String SOLD =
            "Sold(bytes32,uint256,address,address,uint256,uint256,address,uint256,address,uint256,uint256)";

    private static final Address NOBODY = Address.ZERO;
    private static final Address XIAOMAN = account(1);
    private static final Address MING = account(2);
    private static final Address KIMURA = account(3);
    private static final Address AUTHOR = account(4);
    private static final Address TREASURY = account(9);
    private static final WorkId WORK = WorkId.of(new RecipeId(7), XIAOMAN, 1);

    private final MirroredLogs chain = new MirroredLogs();
    private final LedgerProjection projection =
            new LedgerProjection(chain.jdbc(), new JdbcTemplate(chain.database()));
    private final Holdings holdings = new Holdings(chain.jdbc());
    private final Statements statements = new Statements(chain.jdbc());

    private static Address account(int number) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[0] = (byte) number;
        bytes[Address.LENGTH - 1] = (byte) number;
        return Address.of(bytes);
    }

    @Test
    void postsBothSidesOfATransfer() {
        points(NOBODY, XIAOMAN, 500);
        chain.block();
        points(XIAOMAN, MING, 120);
        apply(1);

        assertThat(pointsOf(XIAOMAN)).isEqualTo(380);
        assertThat(pointsOf(MING)).isEqualTo(120);
        assertThat(pointsOf(NOBODY)).isEqualTo(-500);
        assertEveryTransferSumsToZero();
        assertHoldingsEqualReplay();
    }

    @Test
    void unpacksBatchesOfSupplies() {
        chain.block().transaction();
        chain.log("Supplies", SINGLE, List.of(KIMURA, NOBODY, KIMURA), 3, 100);
        chain.log("Supplies", BATCH, List.of(KIMURA, KIMURA, XIAOMAN), 64, 160, 2, 3, 8, 2, 40, 1);
        chain.log("Supplies", BATCH, List.of(KIMURA, NOBODY, NOBODY), 64, 96, 0, 0);
        apply(1);

        assertThat(supply(KIMURA, 3)).isEqualTo(60);
        assertThat(supply(XIAOMAN, 3)).isEqualTo(40);
        assertThat(supply(XIAOMAN, 8)).isEqualTo(1);
        assertThat(holdings.suppliesOf(XIAOMAN)).containsOnlyKeys(new SupplyId(3), new SupplyId(8));
        assertEveryTransferSumsToZero();
    }

    @Test
    void ignoresTransfersThatMoveNothing() {
        points(NOBODY, XIAOMAN, 0);
        points(XIAOMAN, XIAOMAN, 10);
        apply(1);

        assertThat(pointsOf(XIAOMAN)).isZero();
        assertThat(statements.before(XIAOMAN, new Asset.Points(), Place.END, 10)).isEmpty();
    }

    @Test
    void knowsWhoOwnsAWork() {
        chain.block().transaction();
        work(NOBODY, XIAOMAN);
        chain.transaction();
        work(XIAOMAN, MING);
        apply(1);

        assertThat(holdings.ownerOf(WORK)).contains(MING);
        assertThat(holdings.worksOf(XIAOMAN)).isEmpty();
        assertThat(holdings.worksOf(MING)).containsExactly(WORK);
    }

    @Test
    void answersForAnyPastBlock() {
        points(NOBODY, XIAOMAN, 500);
        chain.block();
        points(XIAOMAN, MING, 120);
        chain.block();
        points(XIAOMAN, MING, 30);
        apply(1);

        Asset points = new Asset.Points();
        assertThat(holdings.at(XIAOMAN, points, 0)).isZero();
        assertThat(holdings.at(XIAOMAN, points, 1)).isEqualTo(500);
        assertThat(holdings.at(XIAOMAN, points, 2)).isEqualTo(380);
        assertThat(holdings.at(XIAOMAN, points, 3)).isEqualTo(350);
        assertThat(holdings.at(XIAOMAN, points, 99)).isEqualTo(holdings.of(XIAOMAN, points));
    }

    @Test
    void reversesWhatAReorgTookAway() {
        points(NOBODY, XIAOMAN, 500);
        chain.block();
        points(XIAOMAN, MING, 120);
        chain.block();
        points(NOBODY, MING, 7);
        apply(1);

        chain.orphan(2);
        projection.revert(2);
        assertThat(pointsOf(XIAOMAN)).isEqualTo(500);
        assertThat(pointsOf(MING)).isZero();
        assertThat(total("points")).isEqualTo(500);
        assertHoldingsEqualReplay();

        chain.block();
        points(XIAOMAN, KIMURA, 50);
        apply(2);
        assertThat(pointsOf(XIAOMAN)).isEqualTo(450);
        assertThat(pointsOf(KIMURA)).isEqualTo(50);
        assertThat(statements.before(XIAOMAN, new Asset.Points(), Place.END, 10))
                .extracting(posting -> posting.balance().intValue())
                .containsExactly(450, 500);
        assertHoldingsEqualReplay();
        assertThat(count("select count(*) from derived.posting where not canonical")).isEqualTo(4);
    }

    @Test
    void saysWhatEveryPartOfAMakingWasFor() {
        listTreasury();
        chain.block();
        points(NOBODY, XIAOMAN, 1000);
        chain.block().transaction();
        making();
        apply(1);

        assertThat(codes(XIAOMAN))
                .containsExactly(Code.WORKSHOP_FEE, Code.RECIPE_FEE, Code.SUPPLY, Code.ISSUE);
        assertThat(codes(KIMURA)).containsExactly(Code.SUPPLY);
        assertThat(codes(AUTHOR)).containsExactly(Code.RECIPE_FEE);
        assertThat(
                        count(
                                "select count(*) from derived.posting where asset_class = 'work' and code = 'craft'"))
                .isEqualTo(2);
        assertThat(
                        count(
                                "select count(*) from derived.posting where asset_class = 'supply' and code = 'supply'"))
                .isEqualTo(2);
        assertThat(
                        count(
                                "select count(*) from derived.posting where asset_class = 'supply' and code = 'craft'"))
                .isEqualTo(2);
    }

    @Test
    void keepsOperationsOfOneTransactionApart() {
        listTreasury();
        chain.block();
        points(NOBODY, XIAOMAN, 1000);
        points(NOBODY, MING, 1000);
        chain.block().transaction();
        making();
        chain.log("Forwarder", FORWARDED, List.of(XIAOMAN), 0, 1);
        sale();
        chain.log("Forwarder", FORWARDED, List.of(MING), 0, 1);
        pointsHere(MING, KIMURA, 5);
        chain.log("Forwarder", FORWARDED, List.of(MING), 1, 1);
        apply(1);

        assertThat(codes(MING))
                .containsExactly(
                        Code.TRANSFER,
                        Code.TRADING_FEE,
                        Code.AUTHOR_ROYALTY,
                        Code.SALE,
                        Code.ISSUE);
        assertThat(codes(XIAOMAN).getFirst()).isEqualTo(Code.SALE);
        assertThat(codes(AUTHOR)).containsExactly(Code.AUTHOR_ROYALTY, Code.RECIPE_FEE);
        assertThat(codes(KIMURA)).containsExactly(Code.TRANSFER, Code.SUPPLY);
    }

    @Test
    void readsAStatementPageByPageWithTheBalanceAfterEachPosting() {
        chain.block();
        for (int i = 1; i <= 5; i++) {
            chain.transaction();
            pointsHere(NOBODY, XIAOMAN, i * 10L);
        }
        apply(1);

        List<Posting> first = statements.before(XIAOMAN, new Asset.Points(), Place.END, 2);
        List<Posting> second =
                statements.before(XIAOMAN, new Asset.Points(), first.getLast().place(), 10);

        assertThat(first).extracting(p -> p.balance().intValue()).containsExactly(150, 100);
        assertThat(second).extracting(p -> p.balance().intValue()).containsExactly(60, 30, 10);
        assertThat(first.getFirst().counterparty()).isEqualTo(NOBODY);
    }

    @Test
    void goesOnFromTheBalanceOfTheRangeBefore() {
        points(NOBODY, XIAOMAN, 500);
        apply(1);
        chain.block();
        points(XIAOMAN, MING, 120);
        points(MING, XIAOMAN, 20);
        apply(2);

        assertThat(statements.before(XIAOMAN, new Asset.Points(), Place.END, 10))
                .extracting(posting -> posting.balance().intValue())
                .containsExactly(400, 380, 500);
    }

    @Test
    void readsAPageOfAStatementFromTheIndexAlone() {
        String plan =
                plan(
                        """
                        select * from derived.posting
                        where account = '\\x01' and asset_class = 'points' and asset_id = 0
                          and canonical and (block_number, log_index, item) < (900, 0, 0)
                        order by block_number desc, log_index desc, item desc limit 25
                        """);

        assertThat(plan)
                .contains("Index Scan Backward using posting_account")
                .doesNotContain("Sort");
    }

    @Test
    void findsTheFirstBlockOfAnEpochFromTheIndexAlone() {
        String plan =
                plan(
                        """
                        select number from derived.block
                        where canonical and mined_at >= '2026-01-01'
                        order by mined_at, number limit 1
                        """);

        assertThat(plan).contains("block_by_time").doesNotContain("Sort");
    }

    /** How it is read where reading everything is no choice: the tables of a test are too small. */
    private String plan(String query) {
        try (Connection connection = chain.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("set enable_seqscan = off");
            statement.execute("set enable_bitmapscan = off");
            StringBuilder plan = new StringBuilder();
            try (ResultSet lines = statement.executeQuery("explain " + query)) {
                while (lines.next()) {
                    plan.append(lines.getString(1)).append('\n');
                }
            }
            return plan.toString();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void listsEveryHoldingOnce() {
        points(NOBODY, XIAOMAN, 500);
        points(NOBODY, MING, 300);
        chain.block().transaction();
        work(NOBODY, XIAOMAN);
        apply(1);

        List<Holding> first = holdings.all(null, 2);
        List<Holding> rest = holdings.all(first.getLast(), 2);

        assertThat(first).hasSize(2);
        assertThat(rest).hasSize(1);
        assertThat(first).doesNotContainAnyElementsOf(rest);
    }

    private void listTreasury() {
        chain.block().transaction();
        chain.jdbc()
                .sql(
                        """
                        insert into derived.directory_change
                        values ('listed', 'Treasury', :treasury, 1, 1, 0)
                        """)
                .param("treasury", TREASURY.bytes())
                .update();
    }

    /** As the Workshop does it: settlement, delivery, purchase, use, the work, the making. */
    private void making() {
        pointsHere(XIAOMAN, KIMURA, 100);
        pointsHere(XIAOMAN, AUTHOR, 80);
        pointsHere(XIAOMAN, TREASURY, 30);
        chain.log("Supplies", SINGLE, List.of(TREASURY, KIMURA, XIAOMAN), 3, 5);
        chain.log("Workshop", BOUGHT, List.of(XIAOMAN, 3, KIMURA), 5, 100, 10);
        chain.log("Supplies", SINGLE, List.of(TREASURY, XIAOMAN, NOBODY), 3, 5);
        work(NOBODY, XIAOMAN);
        chain.log("Workshop", CRAFTED, List.of(WORK.tokenId(), 7, XIAOMAN), 80, 20);
    }

    private void sale() {
        work(XIAOMAN, MING);
        pointsHere(MING, XIAOMAN, 184);
        pointsHere(MING, AUTHOR, 6);
        pointsHere(MING, TREASURY, 10);
        chain.log(
                "Market",
                SOLD,
                List.of(1, WORK.tokenId(), MING),
                XIAOMAN,
                200,
                184,
                XIAOMAN,
                0,
                AUTHOR,
                6,
                10);
    }

    private void points(Address from, Address to, long amount) {
        if (chain.height() == 0) {
            chain.block();
        }
        chain.transaction();
        pointsHere(from, to, amount);
    }

    private void pointsHere(Address from, Address to, long amount) {
        chain.log("Points", TRANSFER, List.of(from, to), amount);
    }

    private void work(Address from, Address to) {
        chain.log("Works", TRANSFER, List.of(from, to, WORK.tokenId()));
    }

    private void apply(long from) {
        projection.apply(chain.logs(from, chain.height()));
    }

    private long pointsOf(Address account) {
        return holdings.of(account, new Asset.Points()).longValueExact();
    }

    private long supply(Address account, long id) {
        return holdings.of(account, new Asset.Supply(new SupplyId(id))).longValueExact();
    }

    private List<Code> codes(Address account) {
        return statements.before(account, new Asset.Points(), Place.END, 100).stream()
                .map(Posting::code)
                .toList();
    }

    private long total(String assetClass) {
        return count(
                "select amount from derived.asset_total where asset_class = '" + assetClass + "'");
    }

    private long count(String sql) {
        return chain.jdbc().sql(sql).query(BigInteger.class).single().longValueExact();
    }

    private void assertEveryTransferSumsToZero() {
        assertThat(
                        count(
                                """
                                select count(*) from (
                                  select from derived.posting
                                  group by block_number, log_index, item, canonical
                                  having sum(amount) <> 0 or count(*) <> 2) lopsided
                                """))
                .isZero();
    }

    private void assertHoldingsEqualReplay() {
        assertThat(
                        count(
                                """
                                select count(*) from (
                                  select account, asset_class, asset_id, sum(amount) as amount from (
                                    select recipient as account, asset_class, asset_id, amount
                                    from derived.transfer
                                    union all
                                    select sender, asset_class, asset_id, - amount
                                    from derived.transfer) moved
                                  group by account, asset_class, asset_id) replay
                                full join derived.holding using (account, asset_class, asset_id)
                                where coalesce(replay.amount, 0) <> coalesce(holding.amount, 0)
                                """))
                .isZero();
    }
}
