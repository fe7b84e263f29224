package atelier.profit;

import static atelier.profit.Scene.ANA;
import static atelier.profit.Scene.BEN;
import static atelier.profit.Scene.CHO;
import static atelier.profit.Scene.CLAY;
import static atelier.profit.Scene.SAM;
import static atelier.profit.Scene.WHEEL;
import static atelier.profit.Scene.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import atelier.kernel.Address;
import atelier.kernel.Hash32;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementTests {

    private static final BigInteger HUGE = BigInteger.TWO.pow(96).subtract(BigInteger.ONE);

    private final Scene scene = new Scene();

    @Test
    void paysCreatorsByWhatTheirSalesBroughtIn() {
        Statement one =
                scene.sold(work(ANA, 1), BEN, 300)
                        .sold(work(CHO, 2), BEN, 100)
                        .at(2_000)
                        .closes()
                        .last();
        assertThat(one.pool()).isEqualTo(points(200));
        assertThat(by(one, ANA, Role.CREATOR)).isEqualTo(points(15));
        assertThat(by(one, CHO, Role.CREATOR)).isEqualTo(points(5));
    }

    @Test
    void countsNothingThatPeopleDoWithThemselves() {
        Statement one =
                scene.sold(work(ANA, 1), ANA, 300)
                        .made(BEN, 50)
                        .bought(SAM, CLAY, 7, 50)
                        .promotedAndSold(BEN, work(ANA, 2), BEN, 100)
                        .promotedAndSold(SAM, work(ANA, 3), BEN, 100)
                        .promotedAndSold(ANA, work(ANA, 4), BEN, 100)
                        .at(2_000)
                        .closes()
                        .last();
        assertThat(one.incomeSum()).isEqualTo(points(700));
        assertThat(one.lines()).extracting(Line::account).containsExactly(ANA);
        assertThat(one.lines().getFirst().byRole()).containsOnlyKeys(Role.CREATOR);
        assertThat(measure(one, Role.CREATOR)).isEqualTo(BigInteger.valueOf(300));
    }

    @Test
    void paysAuthorsByUsesSuppliersByUnitsAndPromotersBySales() {
        Statement one =
                scene.made(ANA, 0)
                        .made(CHO, 0)
                        .bought(ANA, CLAY, 3, 100)
                        .bought(ANA, WHEEL, 4, 100)
                        .promotedAndSold(CHO, work(ANA, 1), BEN, 800)
                        .at(2_000)
                        .closes()
                        .last();
        assertThat(one.pool()).isEqualTo(points(500));
        assertThat(by(one, BEN, Role.AUTHOR)).isEqualTo(points(50));
        assertThat(by(one, SAM, Role.SUPPLIER)).isEqualTo(points(50));
        assertThat(by(one, CHO, Role.PROMOTER)).isEqualTo(points(50));
        assertThat(measure(one, Role.AUTHOR)).isEqualTo(BigInteger.TWO);
        assertThat(measure(one, Role.SUPPLIER)).isEqualTo(BigInteger.valueOf(7));
    }

    @Test
    void tellsMarginAndWearApart() {
        Statement one =
                scene.bought(ANA, CLAY, 1, 10).bought(ANA, WHEEL, 1, 20).at(2_000).closes().last();
        assertThat(one.income()).extracting(IncomeLine::kind).containsExactly(2, 3);
        assertThat(one.income())
                .extracting(IncomeLine::amount)
                .containsExactly(points(10), points(20));
    }

    @Test
    void givesAncestorsHalfOfTheirChildsShareAndNoMore() {
        WorkId first = work(ANA, 1);
        WorkId second = work(BEN, 2);
        WorkId third = work(CHO, 3);
        Statement one =
                scene.remixed(second, first)
                        .remixed(third, second)
                        .sold(third, SAM, 800)
                        .sold(work(CHO, 4), SAM, 800)
                        .at(2_000)
                        .closes()
                        .last();
        assertThat(by(one, CHO, Role.CREATOR)).isEqualTo(points(80));
        assertThat(by(one, BEN, Role.ANCESTOR)).isEqualTo(points(20));
        assertThat(by(one, ANA, Role.ANCESTOR)).isEqualTo(points(10));
        assertThat(one.unearned()).isEqualTo(points(4 * 80 + 50));
    }

    @Test
    void endsDescentAfterFiveSteps() {
        Address[] makers = new Address[7];
        for (int i = 0; i < makers.length; i++) {
            makers[i] = RandomLife.someone(20 + i);
            if (i > 0) {
                scene.remixed(work(makers[i], i), work(makers[i - 1], i - 1));
            }
        }
        Statement one = scene.sold(work(makers[6], 6), SAM, 100_000).at(2_000).closes().last();
        assertThat(by(one, makers[1], Role.ANCESTOR)).isGreaterThan(TokenAmount.ZERO);
        assertThat(by(one, makers[0], Role.ANCESTOR)).isEqualTo(TokenAmount.ZERO);
    }

    @Test
    void capsAllAncestorsOfAWork() {
        scene.set(ProfitRules.ANCESTOR_CAP, 1_000).at(2_000).closes();
        Statement one =
                scene.remixed(work(CHO, 2), work(ANA, 1))
                        .sold(work(CHO, 2), SAM, 2_000)
                        .at(3_000)
                        .closes()
                        .last();
        assertThat(by(one, CHO, Role.CREATOR)).isEqualTo(points(100));
        assertThat(by(one, ANA, Role.ANCESTOR)).isEqualTo(points(10));
    }

    @Test
    void paysSeatsThatMayVoteWithinTheEpoch() {
        Statement one =
                scene.collected(BigInteger.valueOf(2_000))
                        .seat(1, Address.ZERO, ANA)
                        .seat(2, Address.ZERO, BEN)
                        .seat(4, Address.ZERO, SAM)
                        .seat(2, BEN, CHO)
                        .seat(4, SAM, Address.ZERO)
                        .at(1_900)
                        .seat(3, Address.ZERO, BEN)
                        .at(2_000)
                        .closes()
                        .last();
        assertThat(one.lines()).extracting(Line::account).containsExactly(ANA, CHO);
        assertThat(by(one, CHO, Role.MEMBER)).isEqualTo(points(50));
    }

    @Test
    void usesTheRulesOfTheEpochsBeginning() {
        scene.sold(work(ANA, 1), BEN, 100)
                .set(ProfitRules.PROFIT_SHARE, 10_000)
                .at(2_000)
                .closes()
                .sold(work(ANA, 1), BEN, 100)
                .at(3_000)
                .closes();
        assertThat(scene.statements())
                .extracting(Statement::share)
                .containsExactly(points(50), points(100));
    }

    @Test
    void putsWhatIsLateIntoTheNextEpoch() {
        scene.at(1_999)
                .sold(work(ANA, 1), BEN, 100)
                .at(2_000)
                .sold(work(ANA, 1), BEN, 10)
                .at(2_500)
                .closes()
                .at(3_000)
                .closes();
        assertThat(scene.statements())
                .extracting(Statement::incomeSum)
                .containsExactly(points(100), points(10));
    }

    @Test
    void makesUpForLossesFirst() {
        scene.costs(BigInteger.valueOf(100))
                .spends(50)
                .at(2_000)
                .closes()
                .sold(work(ANA, 1), BEN, 60)
                .at(3_000)
                .closes()
                .sold(work(ANA, 1), BEN, 60)
                .at(4_000)
                .closes();
        assertThat(scene.statements())
                .extracting(Statement::lossAfter)
                .containsExactly(points(100), points(40), points(0));
        assertThat(scene.statements())
                .extracting(Statement::pool)
                .containsExactly(points(0), points(0), points(10));
    }

    @Test
    void leavesWhatNobodyEarnedToTheCommons() {
        Statement one = scene.collected(BigInteger.valueOf(2_000)).at(2_000).closes().last();
        assertThat(one.lines()).isEmpty();
        assertThat(one.commons()).isEqualTo(one.pool());
    }

    @Test
    void leavesAllToTheCommonsWhereNoRoleHasAWeight() {
        for (Role role : Role.values()) {
            scene.set(role.weightRule(), 0);
        }
        Statement one =
                scene.at(2_000).closes().sold(work(ANA, 1), BEN, 100).at(3_000).closes().last();
        assertThat(one.commons()).isEqualTo(points(50));
    }

    @Test
    void makesAStatementOfAnEmptyEpoch() {
        Statement one = scene.at(2_000).closes().last();
        assertThat(one.pool()).isEqualTo(TokenAmount.ZERO);
        assertThat(one.tree().depth()).isZero();
        assertThat(one.lines()).isEmpty();
    }

    @Test
    void makesAStatementForOneMember() {
        Statement one =
                scene.seat(1, Address.ZERO, ANA)
                        .collected(BigInteger.valueOf(201))
                        .at(2_000)
                        .closes()
                        .last();
        assertThat(one.lines())
                .containsExactly(new Line(0, ANA, points(10), Map.of(Role.MEMBER, points(10))));
        assertThat(one.tree().depth()).isZero();
    }

    @Test
    void keepsAmountsNearTwoToTheNinetySixth() {
        Statement one =
                scene.sold(work(ANA, 1), BEN, HUGE)
                        .sold(work(CHO, 1), BEN, HUGE)
                        .costs(HUGE)
                        .collected(HUGE)
                        .at(2_000)
                        .closes()
                        .last();
        TokenAmount tenth = new TokenAmount(HUGE.divide(BigInteger.TEN));
        assertThat(one.pool()).isEqualTo(new TokenAmount(HUGE));
        assertThat(by(one, ANA, Role.CREATOR).times(2)).isLessThanOrEqualTo(tenth);
        assertThat(one.fresh().plus(one.commons()).plus(one.carry())).isEqualTo(one.pool());
    }

    @Test
    void sharesARefusedPoolInTheNext() {
        scene.sold(work(ANA, 1), BEN, 200).at(2_000).closes();
        scene.cancelled(1, scene.last().tree().root());
        Statement next = scene.sold(work(CHO, 1), BEN, 200).at(3_000).closes().last();
        assertThat(next.brought()).isEqualTo(points(10));
        assertThat(next.lines()).extracting(Line::account).containsExactly(CHO);
    }

    @Test
    void refusesNothingByCancellingAnotherRoot() {
        scene.sold(work(ANA, 1), BEN, 200).at(2_000).closes().cancelled(1, Hash32.ZERO);
        Statement next = scene.sold(work(CHO, 1), BEN, 200).at(3_000).closes().last();
        assertThat(next.lines()).extracting(Line::account).containsExactly(ANA, CHO);
    }

    @Test
    void refusesNothingByCancellingItsRootInAnotherEpoch() {
        scene.sold(work(ANA, 1), BEN, 200).at(2_000).closes();
        Hash32 root = scene.last().tree().root();
        Statement next = scene.cancelled(2, root).at(3_000).closes().last();
        assertThat(next.lines()).extracting(Line::account).containsExactly(ANA);
    }

    @Test
    void keepsNumbersAndAppendsNewAccountsByAddress() {
        Address high = RandomLife.someone(6);
        Address low = RandomLife.someone(7);
        assertThat(low).isLessThan(high);
        scene.sold(work(high, 1), BEN, 200)
                .at(2_000)
                .closes()
                .sold(work(low, 2), BEN, 200)
                .sold(work(ANA, 3), BEN, 200)
                .at(3_000)
                .closes();
        assertThat(scene.last().lines()).extracting(Line::account).containsExactly(high, low, ANA);
    }

    @Test
    void refusesFactsOutOfOrder() {
        List<Fact> facts = scene.at(2_000).closes().facts();
        facts.add(facts.removeFirst());
        assertThatIllegalArgumentException()
                .isThrownBy(scene::statements)
                .withMessageContaining("out of order");
    }

    @Test
    void refusesFactsWithGaps() {
        scene.seat(1, BEN, ANA).at(2_000).closes();
        assertThatIllegalArgumentException()
                .isThrownBy(scene::statements)
                .withMessageContaining("missing");
        scene.facts().removeIf(Fact.SeatMoved.class::isInstance);
        scene.facts().removeIf(Fact.RuleChanged.class::isInstance);
        assertThatIllegalArgumentException()
                .isThrownBy(scene::statements)
                .withMessageContaining("missing");
    }

    @Test
    void replaysOtherRulesOverTheLastEpochs() {
        scene.sold(work(ANA, 1), BEN, 200)
                .at(2_000)
                .closes()
                .sold(work(ANA, 1), BEN, 200)
                .made(CHO, 0)
                .at(3_000)
                .closes();
        Replay replay =
                scene.replay(
                        Map.of(
                                Role.CREATOR.weightRule(),
                                BigInteger.ZERO,
                                Role.AUTHOR.weightRule(),
                                BigInteger.valueOf(2_000)),
                        1);
        assertThat(replay.byAccount())
                .containsEntry(ANA, new Replay.Change(points(10), points(0)))
                .containsEntry(BEN, new Replay.Change(points(10), points(20)));
        assertThat(replay.byRole())
                .hasEntrySatisfying(
                        Role.COMMONS,
                        change -> assertThat(change.gain()).isEqualTo(TokenAmount.ZERO));
        assertThat(replay.before()).hasSize(1);
    }

    private static TokenAmount points(long units) {
        return TokenAmount.ofUnits(units);
    }

    private static TokenAmount by(Statement one, Address account, Role role) {
        return one.lines().stream()
                .filter(line -> line.account().equals(account))
                .map(line -> line.by(role))
                .findFirst()
                .orElse(TokenAmount.ZERO);
    }

    private static BigInteger measure(Statement one, Role role) {
        return one.roles().get(Role.OF_ACCOUNTS.indexOf(role)).measure();
    }
}
