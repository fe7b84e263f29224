package atelier.governance;

import static atelier.governance.Chamber.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import atelier.chain.Contracts;
import atelier.identity.Member;
import atelier.kernel.Refused;
import atelier.rules.Rule;
import atelier.rules.Rules;
import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Where the timelock has a delay, what was decided waits for it and is then done, once. */
@AtelierTest
@TestPropertySource(properties = "atelier.chain.timelock-delay=10s")
@Tag("chain")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DelayTests {

    @Autowired private AutowireCapableBeanFactory application;
    @Autowired private Operations operations;
    @Autowired private Ratchet ratchet;
    @Autowired private Rules rules;
    @Autowired private Contracts contracts;
    @Autowired private JdbcClient jdbc;
    @LocalServerPort private int port;

    @Test
    void carriesOutWhatWaitedAndLetsMembersProposeOnce() throws Exception {
        Chamber chamber = Chamber.in(application);
        String email = Chamber.email();
        Member operator = chamber.operator(email);
        Visitor program = new Visitor(port);
        program.bearing(program.token(email, Chamber.PASSWORD));
        assertThat(ratchet.delay()).isEqualTo(Duration.ofSeconds(10));

        chamber.done(chamber.set(operator, Rule.TRADING_FEE, 444));

        Operation waits = operations.newest(1).getFirst();
        assertThat(waits.by()).isEqualTo(operator.account());
        assertThat(waits.ready()).isEqualTo(waits.scheduled().plusSeconds(10));
        assertThat(waits.state()).isEqualTo(Operation.State.WAITING);
        assertThat(operations.duty(waits.steps().getFirst())).contains(Duty.RULES);
        assertThat(rules.current().value(Rule.TRADING_FEE)).isEqualTo(BigInteger.valueOf(500));
        Visitor guest = Visitor.browsing(port);
        assertThat(guest.get("/council/ratchet").body())
                .contains("10 seconds", "Changing rules", "Waiting");

        await().atMost(PATIENCE)
                .until(() ->
                        rules.current().value(Rule.TRADING_FEE).equals(BigInteger.valueOf(444)));
        assertThat(operations.find(waits.id()).orElseThrow().state())
                .isEqualTo(Operation.State.EXECUTED);
        assertThat(
                        jdbc.sql(
                                        "select count(*) from recorded.errand where kind ="
                                                + " 'governance.execute'")
                                .query(Long.class)
                                .single())
                .isOne();
        assertThat(Visitor.json(program.get("/api/v1/operations/" + waits.id())).path("state"))
                .hasToString("\"executed\"");
        assertThat(Visitor.code(program.get("/api/v1/operations/0x12")))
                .isEqualTo("operation.unknown");

        letsMembersPropose(operator, program, guest);
    }

    private void letsMembersPropose(Member operator, Visitor program, Visitor guest)
            throws Exception {
        assertThat(ratchet.stage()).contains(0);
        assertThat(ratchet.operatorsPropose()).isTrue();
        assertThat(ratchet.councilProposes()).isFalse();
        assertThat(guest.get("/rules/trading-fee").body())
                .contains("4.44%", "0% – 15%", "in percent", "Members cannot propose it yet");

        var raised = program.call("POST", "/api/v1/ratchet/stage", null, "Idempotency-Key", "up");
        assertThat(raised.statusCode()).as(raised.body()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> ratchet.stage().orElse(0) == 1);

        assertThat(contracts.ratchet().stage().send()).isEqualTo(BigInteger.ONE);
        assertThat(ratchet.councilProposes()).isTrue();
        assertThat(guest.get("/rules/trading-fee").body()).contains("can propose it");
        assertThat(Visitor.json(program.get("/api/v1/rules/trading-fee")).path("ways").size())
                .isEqualTo(2);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> ratchet.raise(operator.id(), operator.account(), Chamber.key()))
                .matches(refused -> refused.code().equals("ratchet.raised"));
        saysWhoMayDoWhat(operator);
    }

    private void saysWhoMayDoWhat(Member operator) throws Exception {
        List<Power> powers = ratchet.powers();
        assertThat(powers).allMatch(Power::known, "every function has its word");
        assertThat(powers).extracting(Power::duty).hasSize(Duty.values().length);
        Power changing = power(powers, Duty.RULES);
        assertThat(changing.role()).isEqualTo(Power.Role.COMMUNITY);
        assertThat(changing.byOperators()).isTrue();
        assertThat(changing.byCouncil()).isTrue();
        assertThat(power(powers, Duty.EXPULSION).byOperators()).isFalse();
        assertThat(changing.delay()).isEqualTo(Duration.ofSeconds(10));
        assertThat(power(powers, Duty.COSTS).holders()).contains(operator.account());
        Ratchet.Guardian guardian = ratchet.guardian().orElseThrow();
        assertThat(guardian.account()).hasToString(contracts.ratchet().guardian().send());
        await().atMost(PATIENCE).until(() -> ratchet.keys().seats() > 0);
        assertThat(ratchet.keys().held()).isEqualTo(ratchet.keys().seats());
    }

    private static Power power(List<Power> powers, Duty duty) {
        return powers.stream()
                .filter(one -> one.duty().equals(duty.key()))
                .findFirst()
                .orElseThrow();
    }
}
