package atelier.rules;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.kernel.Address;
import atelier.kernel.TokenAmount;
import atelier.testing.MirroredLogs;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class RulesProjectionTest {

    private static final String CHANGED =
            "RuleChanged(uint32,uint8,uint128,uint128,uint64,address)";
    private static final Address ADMIN = account(1);
    private static final Address BUYER = account(2);
    private static final Address TIMELOCK = account(8);
    private static final Address TREASURY = account(9);

    private final MirroredLogs chain = new MirroredLogs();
    private final RulesProjection projection =
            new RulesProjection(chain.jdbc(), new JdbcTemplate(chain.database()));
    private final RuleChanges changes = new RuleChanges(chain.jdbc());

    private static Address account(int number) {
        byte[] bytes = new byte[Address.LENGTH];
        bytes[0] = (byte) number;
        return Address.of(bytes);
    }

    @Test
    void keepsWhatWasInForceAtEveryBlock() {
        found();
        chain.block();
        chain.block();
        change(2, Rule.TRADING_FEE, 500, 600);
        projection.apply(chain.logs(1, chain.height()));

        assertThat(book(1).value(Rule.TRADING_FEE)).isEqualTo(BigInteger.valueOf(500));
        assertThat(book(2).version()).isEqualTo(1);
        assertThat(book(3).value(Rule.TRADING_FEE)).isEqualTo(BigInteger.valueOf(600));
        assertThat(book(3).version()).isEqualTo(2);
        assertThat(changes.newest(Optional.of(Rule.TRADING_FEE), 9))
                .extracting(RuleChange::version)
                .containsExactly(2L, 1L);
    }

    @Test
    void namesWhoProposedWhatTheTimelockDid() {
        found();
        chain.block();
        chain.transaction();
        schedule(1);
        change(2, Rule.TRADING_FEE, 500, 600, TIMELOCK);
        carryOut(1);
        change(3, Rule.TRADING_FEE, 600, 700, TIMELOCK);
        carryOut(2);
        projection.apply(chain.logs(1, chain.height()));

        assertThat(changes.newest(Optional.of(Rule.TRADING_FEE), 2))
                .extracting(RuleChange::by)
                .containsExactly(ADMIN, TIMELOCK);
    }

    @Test
    void knowsNoRulesBeforeTheContractsSaidThem() {
        assertThat(changes.asOf(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void forgetsAChangeThatAReorgTookAway() {
        found();
        chain.block();
        change(2, Rule.TRADING_FEE, 500, 600);
        projection.apply(chain.logs(1, chain.height()));

        chain.orphan(2);
        projection.revert(2);

        assertThat(book(99).value(Rule.TRADING_FEE)).isEqualTo(BigInteger.valueOf(500));
        assertThat(changes.newest(Optional.of(Rule.TRADING_FEE), 9)).hasSize(1);
    }

    @Test
    void listsContractsAndWhenTheyEnded() {
        chain.block();
        chain.log("Directory", "Listed(bytes32,address,uint64)", List.of("Treasury", TREASURY), 1);
        chain.block();
        chain.log(
                "Directory", "Delisted(bytes32,address,uint64)", List.of("Treasury", TREASURY), 2);
        projection.apply(chain.logs(1, 2));

        assertThat(new Contacts(chain.jdbc()).all())
                .containsExactly(new Contact("Treasury", TREASURY, 1, 2L));
    }

    @Test
    void countsIncomeByFeeLine() {
        chain.block();
        define(1, 0);
        define(2, 1);
        buy(1, 100, 10);
        buy(2, 40, 5);
        chain.log(
                "Workshop",
                "Crafted(uint256,uint64,address,uint256,uint256)",
                List.of(77, 1, BUYER),
                80,
                20);
        chain.log(
                "Market",
                "Sold(bytes32,uint256,address,address,uint256,uint256,address,uint256,address,"
                        + "uint256,uint256)",
                List.of(1, 77, BUYER),
                ADMIN,
                200,
                184,
                ADMIN,
                0,
                ADMIN,
                6,
                13);
        chain.log("Treasury", "Collected(uint8,address,uint256,bytes32)", List.of(5, BUYER, 3), 7);
        projection.apply(chain.logs(1, 1));
        Income income = new Income(chain.jdbc());

        assertThat(income.byLine())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                FeeLine.MATERIAL_MARGIN, TokenAmount.ofUnits(10),
                                FeeLine.TOOL_WEAR, TokenAmount.ofUnits(5),
                                FeeLine.RECIPE_FEE, TokenAmount.ofUnits(20),
                                FeeLine.TRADING_FEE, TokenAmount.ofUnits(13),
                                FeeLine.OTHER, TokenAmount.ofUnits(7)));
        assertThat(income.total()).isEqualTo(TokenAmount.ofUnits(55));
    }

    @Test
    void sharesOutASaleToTheLastUnit() {
        found();
        projection.apply(chain.logs(1, 1));
        TokenAmount price = TokenAmount.ofUnits(1_111);
        SaleSplit split = book(1).sale(price, false);

        assertThat(split.seller().plus(split.creator()).plus(split.author()).plus(split.treasury()))
                .isEqualTo(price);
        assertThat(split.treasury()).isEqualTo(TokenAmount.ofUnits(55));
        assertThat(book(1).sale(price, true).creator()).isEqualTo(TokenAmount.ZERO);
    }

    @Test
    void findsWhatTheContractWouldRefuse() {
        found();
        projection.apply(chain.logs(1, 1));

        assertThat(RuleCheck.problems(book(1), Map.of(Rule.TRADING_FEE, BigInteger.valueOf(1_500))))
                .isEmpty();
        assertThat(RuleCheck.problems(book(1), Map.of(Rule.TRADING_FEE, BigInteger.valueOf(1_501))))
                .containsOnlyKeys(Rule.TRADING_FEE);
        assertThat(
                        RuleCheck.problems(
                                book(1),
                                Map.of(Rule.RECIPE_FEE_AUTHOR_SHARE, BigInteger.valueOf(7_000))))
                .containsOnlyKeys(Rule.RECIPE_FEE_AUTHOR_SHARE, Rule.RECIPE_FEE_TREASURY_SHARE);
        assertThat(
                        RuleCheck.problems(
                                book(1),
                                Map.of(
                                        Rule.RECIPE_FEE_AUTHOR_SHARE, BigInteger.valueOf(7_000),
                                        Rule.RECIPE_FEE_TREASURY_SHARE, BigInteger.valueOf(3_000))))
                .isEmpty();
    }

    private void found() {
        chain.block();
        long[] initial = {
            500,
            800,
            300,
            1_000,
            50,
            8_000,
            2_000,
            100_000_000,
            604_800,
            3,
            0,
            100_000_000,
            20_000,
            86_400,
            432_000,
            86_400,
            43_200,
            2_000,
            604_800,
            200,
            5,
            3,
            259_200,
            10_000_000,
            8_000,
            4_000,
            1_500,
            1_000,
            500,
            1_000,
            1_500,
            500,
            5_000,
            2_000
        };
        for (Rule rule : Rule.values()) {
            change(1, rule, 0, initial[rule.id()]);
        }
    }

    private void change(int version, Rule rule, long before, long current) {
        change(version, rule, before, current, ADMIN);
    }

    private void change(int version, Rule rule, long before, long current, Address by) {
        chain.log(
                "RuleBook",
                CHANGED,
                List.of(version, rule.id(), by),
                before,
                current,
                chain.height());
    }

    private void schedule(int operation) {
        chain.log("Ratchet", "Scheduled(bytes32,address,uint256)", List.of(operation, ADMIN), 0);
    }

    private void carryOut(int operation) {
        chain.log(
                "Timelock",
                "CallExecuted(bytes32,uint256,address,uint256,bytes)",
                List.of(operation, 0),
                ADMIN,
                0,
                96,
                0);
    }

    private void define(int supply, int kind) {
        chain.log(
                "Supplies",
                "SupplyDefined(uint256,uint8,address,uint256,string)",
                List.of(supply, ADMIN),
                kind,
                10,
                96,
                0);
    }

    private void buy(int supply, long supplierPaid, long treasuryPaid) {
        chain.log(
                "Workshop",
                "Bought(address,uint256,address,uint256,uint256,uint256)",
                List.of(BUYER, supply, ADMIN),
                1,
                supplierPaid,
                treasuryPaid);
    }

    private Rulebook book(long block) {
        return changes.asOf(block).orElseThrow();
    }
}
