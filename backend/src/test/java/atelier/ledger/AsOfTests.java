package atelier.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.chain.Intent;
import atelier.chain.Intents;
import atelier.chain.Mirror;
import atelier.chain.MirrorStatus;
import atelier.identity.Member;
import atelier.identity.Members;
import atelier.identity.Registration;
import atelier.kernel.Address;
import atelier.kernel.IdempotencyKey;
import atelier.kernel.TokenAmount;
import atelier.rules.Rules;
import atelier.testing.AtelierTest;
import atelier.testing.Visitor;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The past, block by block: as the chain says it at that block. */
@AtelierTest
class AsOfTests {

    @LocalServerPort int port;
    @Autowired Members members;
    @Autowired Ledger ledger;
    @Autowired ContractBalances contracts;
    @Autowired Rules rules;
    @Autowired Mirror mirror;
    @Autowired Intents intents;
    @Autowired JdbcClient database;

    @Test
    void holdsBalancesOfEveryBlockAgainstTheChain() throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(rules::known);
        Member one = join();
        Member other = join();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        ledger.pointsOf(one.account()).signum() > 0
                                && ledger.pointsOf(other.account()).signum() > 0);
        for (int i = 1; i <= 3; i++) {
            mined(
                    ledger.give(
                            one.id(),
                            other.id(),
                            TokenAmount.ofUnits(100L * i),
                            new IdempotencyKey("give " + UUID.randomUUID())));
        }

        MirrorStatus status = mirror.status().orElseThrow();
        Asset points = new Asset.Points();
        List<BigInteger> balances = new ArrayList<>();
        for (long block = first(); block <= status.height(); block++) {
            for (Address account : List.of(one.account(), other.account())) {
                BigInteger then = ledger.pointsAt(account, block).units();
                assertThat(then).isEqualTo(contracts.of(account, points, block));
                balances.add(then);
            }
            JsonNode page = get("/api/v1/proof/holdings?limit=1000&block=" + block);
            assertThat(page.path("block").asLong()).isEqualTo(block);
            assertThat(amount(page, one.account()))
                    .isEqualTo(ledger.pointsAt(one.account(), block).units());
        }
        assertThat(balances.stream().distinct().count()).isGreaterThan(4);
        assertThat(ledger.pointsAt(one.account(), status.height()))
                .isEqualTo(ledger.pointsOf(one.account()));
    }

    @Test
    void namesTheBlockThatRulesAreOf() throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(rules::known);
        MirrorStatus status = mirror.status().orElseThrow();

        JsonNode then = get("/api/v1/rules?block=" + status.height());

        assertThat(then.at("/asOf/number").asLong()).isEqualTo(status.height());
        assertThat(then.at("/asOf/hash").asString()).isEqualTo(status.hash().toString());
        assertThat(then.path("rules")).hasSameSizeAs(get("/api/v1/rules").path("rules"));
        assertThat(get("/api/v1/listings?block=" + status.height()).path("items").isArray())
                .isTrue();
    }

    @Test
    void saysWhichBlocksCanBeAskedFor() throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(rules::known);

        for (String path : List.of("rules", "proof/rules", "proof/holdings", "listings")) {
            assertThat(get("/api/v1/" + path + "?block=soon").path("code").asString())
                    .isEqualTo("block.malformed");
            JsonNode future = get("/api/v1/" + path + "?block=999999999");
            assertThat(future.path("code").asString()).isEqualTo("block.future");
            assertThat(future.path("status").asInt()).isEqualTo(404);
            assertThat(get("/api/v1/" + path + "?block=0").path("code").asString())
                    .isEqualTo("block.too-early");
        }
    }

    /** The block before anything was held. */
    private long first() {
        return database.sql("select min(block_number) - 1 from derived.posting")
                .query(Long.class)
                .single();
    }

    private static BigInteger amount(JsonNode page, Address account) {
        for (JsonNode item : page.path("items")) {
            if (item.path("account").asString().equals(account.toString())
                    && item.path("asset").asString().equals("points")) {
                return new BigInteger(item.path("amount").asString());
            }
        }
        return BigInteger.ZERO;
    }

    private Member join() {
        String name = "asof" + UUID.randomUUID().toString().substring(0, 8);
        return members.register(
                new Registration(name, name + "@example.org", "a long enough secret"));
    }

    private void mined(Intent intent) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !intents.find(intent.id()).orElseThrow().state().open());
    }

    private JsonNode get(String path) {
        return Visitor.json(new Visitor(port).get(path, "Accept", "application/json"));
    }
}
