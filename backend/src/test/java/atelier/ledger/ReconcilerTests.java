package atelier.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import atelier.chain.Contracts;
import atelier.chain.Mirror;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.identity.Registration;
import atelier.kernel.Address;
import atelier.kernel.RecipeId;
import atelier.kernel.TokenAmount;
import atelier.kernel.WorkId;
import atelier.rules.Rules;
import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigInteger;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of the mirror are falsified, and everyone is told. */
@AtelierTest
class ReconcilerTests {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final TokenAmount WELCOME = TokenAmount.ofUnits(20_000);
    private static final WorkId NEVER_MADE = WorkId.of(new RecipeId(7), Address.ZERO, 1);

    @Autowired Contracts contracts;
    @Autowired Members members;
    @Autowired Ledger ledger;
    @Autowired Rules rules;
    @Autowired Mirror mirror;
    @Autowired Reconciler reconciler;
    @Autowired MeterRegistry meters;
    @Autowired JdbcClient jdbc;
    @LocalServerPort int port;

    @BeforeEach
    void awaitSoundMirror() {
        await().atMost(LONG).until(() -> contracts.deployed() && rules.known());
        assertThat(ledger.compareAll().sound()).isTrue();
        assertThat(alert()).isZero();
    }

    @AfterEach
    void isSoundAgain() {
        assertThat(ledger.compareAll().sound()).isTrue();
        assertThat(alert()).isZero();
    }

    @Test
    void seesAHoldingThatWasNotIssued() {
        Member member = welcomed();
        hold(member, "+ 1");
        try {
            await().atMost(LONG).until(() -> alert() > 0);
            assertThat(ledger.reconciliation().uneven())
                    .extracting(AssetProof::asset)
                    .containsExactly("points");
            Visitor visitor = Visitor.browsing(port);
            assertThat(visitor.get("/proof").body()).contains("The figures do not match");
            assertThat(visitor.get("/actuator/health").body())
                    .contains("\"ledger\":{\"status\":\"DOWN\"");
            assertThat(visitor.get("/api/v1/proof").body()).contains("\"sound\":false");
        } finally {
            hold(member, "- 1");
        }
    }

    @Test
    void seesWhatOneHasOfAnother() {
        Member poorer = welcomed();
        Member richer = welcomed();
        hold(poorer, "- 5");
        hold(richer, "+ 5");
        try {
            await().atMost(LONG)
                    .until(() -> {
                        reconciler.sample();
                        return alert() == 2;
                    });
            assertThat(ledger.reconciliation().uneven()).isEmpty();
            assertThat(ledger.reconciliation().differences())
                    .extracting(Reconciliation.Difference::account)
                    .containsExactlyInAnyOrder(poorer.account(), richer.account());
        } finally {
            hold(poorer, "+ 5");
            hold(richer, "- 5");
        }
    }

    @Test
    void seesABalanceThatNoPostingLeft() {
        Member member = welcomed();
        post(member, "balance", "+ 3");
        try {
            assertThat(ledger.compareAll().differences())
                    .singleElement()
                    .extracting(Reconciliation.Difference::account)
                    .isEqualTo(member.account());
        } finally {
            post(member, "balance", "- 3");
        }
    }

    @Test
    void seesAWorkThatWasNeverMade() {
        Member member = welcomed();
        jdbc.sql("insert into derived.holding values (:account, 'work', :work, 1)")
                .param("account", member.account().bytes())
                .param("work", NEVER_MADE.tokenId())
                .update();
        try {
            await().atMost(LONG)
                    .untilAsserted(() -> {
                        reconciler.sample();
                        assertThat(ledger.reconciliation().differences())
                                .singleElement()
                                .satisfies(difference -> {
                                    assertThat(difference.asset())
                                            .isEqualTo(new Asset.Work(NEVER_MADE));
                                    assertThat(difference.onChain()).isEqualTo(BigInteger.ZERO);
                                });
                    });
        } finally {
            jdbc.sql("delete from derived.holding where asset_class = 'work' and asset_id = :work")
                    .param("work", NEVER_MADE.tokenId())
                    .update();
        }
    }

    private double alert() {
        return meters.get("atelier.mirror.difference").gauge().value();
    }

    private void hold(Member member, String change) {
        jdbc.sql(
                        """
                        update derived.holding set amount = amount %s
                        where account = :account and asset_class = 'points'
                        """
                                .formatted(change))
                .param("account", member.account().bytes())
                .update();
    }

    private void post(Member member, String column, String change) {
        jdbc.sql(
                        """
                        update derived.posting set %1$s = %1$s %2$s
                        where account = :account and asset_class = 'points' and canonical
                        """
                                .formatted(column, change))
                .param("account", member.account().bytes())
                .update();
    }

    /** The welcome is final: the contract is asked at final blocks. */
    private Member welcomed() {
        Member member =
                members.register(
                        new Registration(
                                "Falsified",
                                UUID.randomUUID() + "@example.org",
                                "a long password"));
        await().atMost(LONG)
                .until(() -> ledger.pointsAt(member.account(), settled()).equals(WELCOME));
        return member;
    }

    private long settled() {
        return mirror.status().orElseThrow().finalHeight();
    }
}
