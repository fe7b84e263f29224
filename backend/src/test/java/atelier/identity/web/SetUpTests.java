package atelier.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.identity.Role;
import atelier.identity.SetUp;
import atelier.testing.ChainlessTest;
import atelier.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ChainlessTest
class SetUpTests {

    @LocalServerPort int port;
    @Autowired SetUp setUp;
    @Autowired JdbcClient db;
    private Visitor visitor;

    @BeforeEach
    void leaveNoAdmin() {
        visitor = new Visitor(port);
        db.sql("DELETE FROM recorded.member_role WHERE role = 'ADMIN'").update();
    }

    @Test
    void makesTheFirstAdminOnce() {
        String link = "/set-up?token=" + setUp.newLink();
        HttpResponse<String> made = visitor.fill(link, "/set-up", form());
        assertThat(made.statusCode()).isEqualTo(302);
        assertThat(Visitor.json(visitor.get("/api/v1/me")).path("roles").toString())
                .contains(Role.ADMIN.name());
        assertThat(setUp.isDue()).isFalse();

        HttpResponse<String> again = new Visitor(port).get(link);
        assertThat(again.statusCode()).isEqualTo(404);
    }

    @Test
    void keepsTheLinkForAFormThatWasRefused() {
        String link = "/set-up?token=" + setUp.newLink();
        HttpResponse<String> refused =
                visitor.fill(link, "/set-up", Map.of("name", "A", "email", "a", "password", "b"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(visitor.fill(link, "/set-up", form()).statusCode()).isEqualTo(302);
    }

    @Test
    void opensWithTheNewestLinkOnly() {
        String old = setUp.newLink();
        setUp.newLink();
        assertThat(setUp.opens(old)).isFalse();
        assertThat(visitor.get("/set-up?token=guessed").statusCode()).isEqualTo(404);
    }

    private static Map<String, String> form() {
        return Map.of(
                "name",
                "Ada",
                "email",
                UUID.randomUUID() + "@example.org",
                "password",
                "p".repeat(12));
    }
}
