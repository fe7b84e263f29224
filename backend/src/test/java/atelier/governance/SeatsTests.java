package atelier.governance;

import static atelier.governance.Chamber.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import atelier.chain.Contracts;
import atelier.identity.Member;
import atelier.kernel.Refused;
import atelier.rules.Rule;
import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everyone who joins has a seat soon, as the contract has it. */
@AtelierTest
@Tag("chain")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeatsTests {

    @Autowired private AutowireCapableBeanFactory application;
    @Autowired private Seats seats;
    @Autowired private SeatGiving giving;
    @Autowired private Contracts contracts;
    @Autowired private JdbcClient jdbc;
    @LocalServerPort private int port;

    private Chamber chamber;
    private Member operator;

    @BeforeAll
    void open() {
        chamber = Chamber.in(application);
        operator = chamber.operator();
        await().atMost(PATIENCE).until(() -> seats.of(operator.account()).isPresent());
    }

    @Test
    void givesWhoeverJoinsTheSeatThatTheContractKnows() throws Exception {
        Member member = chamber.seated();
        Seat seat = seats.of(member.account()).orElseThrow();

        String account = member.account().toString();
        assertThat(contracts.seats().seatOf(account).send())
                .isEqualTo(BigInteger.valueOf(seat.number()));
        assertThat(contracts.seats().takenAt(BigInteger.valueOf(seat.number())).send())
                .isEqualTo(BigInteger.valueOf(seat.taken().getEpochSecond()));
        assertThat(mayVote(member)).isFalse();
        assertThat(seats.mayVoteFrom(seat)).isEqualTo(seat.taken().plusSeconds(604_800));
        assertThat(seats.standing(member.id())).isInstanceOf(SeatStanding.Seated.class);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> seats.ask(member.id()))
                .matches(refused -> refused.code().equals("seat.yours"));
    }

    @Test
    void countsTheElectorateAsTheContractDoes() throws Exception {
        Member member = chamber.seated();
        Seat seat = seats.of(member.account()).orElseThrow();
        chamber.done(chamber.set(operator, Rule.WAITING_TIME, 0));
        try {
            Electorate electorate = seats.electorate();
            var onChain =
                    contracts
                            .seats()
                            .electorate(BigInteger.valueOf(seat.taken().getEpochSecond()))
                            .send();

            assertThat(electorate.lastSeat()).isEqualTo(onChain.component1().longValueExact());
            assertThat(electorate.voting()).isEqualTo(onChain.component2().longValueExact());
            assertThat(mayVote(member)).isTrue();
        } finally {
            chamber.done(chamber.set(operator, Rule.WAITING_TIME, 604_800));
        }
    }

    @Test
    void waitsForTheNextPeriodWhenAllSeatsAreTaken() {
        long taken = 200 - seats.left();
        chamber.done(chamber.set(operator, Rule.SEAT_BUDGET, taken));
        try {
            Member late = chamber.join(Chamber.email());
            giving.round();

            assertThat(seats.left()).isZero();
            assertThat(seats.standing(late.id())).isInstanceOf(SeatStanding.Waiting.class);
            assertThat(seats.of(late.account())).isEmpty();

            chamber.done(chamber.set(operator, Rule.SEAT_BUDGET, 300));
            jdbc.sql("update recorded.seat_request set next_try = asked where not settled")
                    .update();
            await().atMost(PATIENCE).until(() -> seats.of(late.account()).isPresent());
        } finally {
            chamber.done(chamber.set(operator, Rule.SEAT_BUDGET, 200));
        }
    }

    @Test
    void leadsOutOfTheSeatAndBack() {
        String email = Chamber.email();
        Member member = chamber.join(email);
        Visitor browser = Visitor.browsing(port);
        browser.signIn(email, Chamber.PASSWORD);
        await().atMost(PATIENCE).until(() -> seats.of(member.account()).isPresent());
        long first = seats.of(member.account()).orElseThrow().number();
        assertThat(browser.get("/me/seat").body())
                .contains("Seat " + first, "Waits for its first vote");

        HttpResponse<String> left = browser.fill("/me/seat/leave", "/me/seat/leave", Map.of());
        assertThat(left.uri().getPath()).startsWith("/intents/");
        await().atMost(PATIENCE).until(() -> seats.of(member.account()).isEmpty());
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(browser.get("/me/seat").body()).contains("You have no seat"));

        browser.fill("/me/seat", "/me/seat", Map.of());
        await().atMost(PATIENCE).until(() -> seats.of(member.account()).isPresent());
        assertThat(seats.of(member.account()).orElseThrow().number()).isGreaterThan(first);
    }

    @Test
    void saysTheSameToPrograms() {
        String email = Chamber.email();
        Member member = chamber.join(email);
        Visitor program = new Visitor(port);
        program.bearing(program.token(email, Chamber.PASSWORD));
        await().atMost(PATIENCE).until(() -> seats.of(member.account()).isPresent());
        long number = seats.of(member.account()).orElseThrow().number();

        assertThat(Visitor.json(program.get("/api/v1/me/seat")).path("seat").asLong())
                .isEqualTo(number);
        assertThat(program.get("/api/v1/seats/" + number).body())
                .contains(member.account().toString());
        assertThat(program.get("/api/v1/seats?limit=1").body()).contains("\"electorate\"");
        assertThat(Visitor.code(program.get("/api/v1/seats/999999"))).isEqualTo("seat.unknown");
        assertThat(Visitor.code(program.get("/api/v1/seats?block=99999999")))
                .isEqualTo("block.future");
        assertThat(Visitor.code(program.call("POST", "/api/v1/me/seat", null)))
                .isEqualTo("seat.yours");
        assertThat(program.get("/metadata/seats/" + number).body()).contains("Seat " + number);
    }

    private boolean mayVote(Member member) {
        return seats.standing(member.id()) instanceof SeatStanding.Seated seated
                && seated.mayVote();
    }
}
