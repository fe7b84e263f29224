package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.chain.ContractKind;
import atelier.testing.ForeignChain;
import atelier.testing.OwnDatabase;
import atelier.testing.Visitor;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The jar as it is shipped, started as the README says, on a database and a chain of one's own. */
class ProductionIT {

    private static final Path JAR = Path.of(System.getProperty("atelier.jar"));

    @TempDir Path folder;
    private OwnDatabase database;

    @BeforeEach
    void startDatabase() {
        database = OwnDatabase.start(folder.resolve("postgres"));
    }

    @AfterEach
    void stopDatabase() {
        database.close();
    }

    @Test
    void waitsForFundsThenDeploysAndLetsOneAdminIn() throws IOException {
        try (ForeignChain chain = ForeignChain.start(ForeignChain.CHAIN_ID);
                AtelierProcess atelier = start(chain)) {
            Founding founding = new Founding(atelier);
            String deployer = founding.deployer();
            String relayer = founding.relayer();
            assertThat(atelier.awaitLine("deployer 0x")).contains(" needs ");
            assertThat(atelier.awaitLine("relayer  0x")).contains(" needs ");
            assertThat(deployer).isNotEqualTo(relayer);
            String link = founding.link();
            atelier.awaitLine("Atelier is at ");
            Program guest = Program.guest(atelier.address());

            JsonNode waiting = guest.get("/actuator/health").is(503).body();
            assertThat(status(waiting, "sender")).isEqualTo("OUT_OF_SERVICE");
            assertThat(status(waiting, "chain")).isEqualTo("UP");
            assertThat(status(waiting, "db")).isEqualTo("UP");
            assertThat(guest.get("/actuator/health/alive").status()).isEqualTo(200);
            assertThat(guest.get("/api/v1/rules").status()).isEqualTo(503);
            assertThat(Visitor.browsing(atelier.address().getPort()).get("/join").statusCode())
                    .isEqualTo(200);

            founding.pay(chain);
            atelier.awaitReady();
            assertThat(status(guest.get("/actuator/health").is(200).body(), "sender"))
                    .isEqualTo("UP");
            JsonNode proof = guest.get("/api/v1/proof").is(200).body();
            assertThat(proof.path("chainId").asLong()).isEqualTo(ForeignChain.CHAIN_ID);
            assertThat(proof.path("contracts")).hasSize(ContractKind.values().length);
            for (JsonNode contract : proof.path("contracts")) {
                assertThat(chain.hasCode(contract.path("address").asString())).isTrue();
            }
            assertThat(guest.get("/api/v1/listings").is(200).body().path("total").asInt(0))
                    .isZero();

            Visitor founder = Visitor.browsing(atelier.address().getPort());
            HttpResponse<String> admin = founding.becomeAdmin(founder, link);
            assertThat(admin.statusCode()).isEqualTo(200);
            assertThat(admin.uri().getPath()).isEqualTo("/admin");
            assertThat(Visitor.browsing(atelier.address().getPort()).get(link).statusCode())
                    .isEqualTo(404);
            Program program =
                    Program.signedIn(atelier.address(), Founding.EMAIL, Founding.PASSWORD);
            Awaitility.await("welcome points")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> program.get("/api/v1/me/points").text("balance").equals("20000"));
            Awaitility.await("operator")
                    .atMost(Duration.ofMinutes(1))
                    .until(() ->
                            program.put("/api/v1/rules", Map.of("trading-fee", 600)).status()
                                    == 202);
            JsonNode told = program.get("/actuator/health").body();
            assertThat(told.at("/components/sender/details/gas").isNumber()).isTrue();

            assertThat(atelier.output()).doesNotContain("painting school", "\tat ", "Exception");
            assertThat(folder.resolve("data")).isDirectoryNotContaining("glob:**/{postgres,chain}");
            assertThat(folder.resolve("data/demo-sign-ins.txt")).doesNotExist();
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(
                                            folder.resolve("data/secrets/root.key"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void refusesADevelopmentChainAndTakesAnotherAfterwards() {
        AtelierProcess refused;
        try (ForeignChain chain = ForeignChain.start(31337)) {
            refused = start(chain);
            refused.awaitLine("Chain 31337 is a development chain whose keys everybody knows");
            refused.awaitLine("Atelier is at ");
            assertThat(
                            status(
                                    Program.guest(refused.address())
                                            .get("/actuator/health")
                                            .is(503)
                                            .body(),
                                    "chain"))
                    .isEqualTo("DOWN");
            assertThat(refused.output()).doesNotContain("needs");
            refused.close();
        }
        try (ForeignChain chain = ForeignChain.start(ForeignChain.CHAIN_ID);
                AtelierProcess atelier = start(chain)) {
            atelier.awaitLine("Waiting for funds on chain " + ForeignChain.CHAIN_ID);
        }
    }

    @Test
    void refusesAKeyThatFundsOthersAndADevelopmentChainBesideAnRpcUrl() {
        try (ForeignChain chain = ForeignChain.start(ForeignChain.CHAIN_ID)) {
            String wellKnown = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
            try (AtelierProcess atelier = start(chain, "--atelier.chain.faucet-key=" + wellKnown)) {
                atelier.awaitLine("atelier.chain.faucet-key is for the embedded development chain");
                assertThat(atelier.output()).doesNotContain(wellKnown);
            }
            try (AtelierProcess atelier = start(chain, "--atelier.devnet=process")) {
                atelier.awaitLine("Both atelier.chain.rpc-url and atelier.devnet are set.");
            }
        }
    }

    @Test
    void saysWhatIsMissingWhereNoDatabaseOrNoChainIsNamed() {
        try (AtelierProcess atelier =
                AtelierProcess.launchJar(JAR, folder.resolve("data"), List.of())) {
            atelier.awaitLine("No database is named, and this build carries none of its own.");
            atelier.awaitLine("Set spring.datasource.url");
        }
        try (AtelierProcess atelier =
                AtelierProcess.launchJar(JAR, folder.resolve("data"), database.arguments())) {
            atelier.awaitLine("No chain is named, and this build carries none of its own.");
            atelier.awaitLine("Set atelier.chain.rpc-url");
        }
    }

    private AtelierProcess start(ForeignChain chain, String... more) {
        List<String> arguments = new ArrayList<>(database.arguments());
        arguments.add("--atelier.chain.rpc-url=" + chain.rpcUrl());
        arguments.addAll(List.of(more));
        return AtelierProcess.launchJar(JAR, folder.resolve("data"), arguments);
    }

    private static String status(JsonNode health, String part) {
        return health.path("components").path(part).path("status").asString();
    }
}
