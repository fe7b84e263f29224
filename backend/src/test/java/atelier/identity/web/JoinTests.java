package atelier.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.testing.ChainlessTest;
import atelier.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ChainlessTest
class JoinTests {

    private static final String PASSWORD = "correct horse battery";

    private final String email = UUID.randomUUID() + "@example.org";

    @LocalServerPort int port;
    @Autowired JdbcClient db;
    private Visitor visitor;

    @BeforeEach
    void arrive() {
        visitor = new Visitor(port);
    }

    @Test
    void makesAMemberWithAnAccountAndSignsThemIn() {
        HttpResponse<String> joined = visitor.fill("/join", "/join", form("米娜", email));
        assertThat(joined.statusCode()).isEqualTo(302);
        var me = Visitor.json(visitor.get("/api/v1/me"));
        assertThat(me.path("name").asString()).isEqualTo("米娜");
        assertThat(me.path("account").asString()).matches("0x[0-9a-f]{40}");
        assertThat(me.path("roles")).extracting(Object::toString).containsExactly("\"MEMBER\"");
        assertThat(me.has("email")).isFalse();
    }

    @Test
    void makesOneMemberOfAFormThatIsSentTwiceAtOnce() throws Exception {
        var fields = new LinkedHashMap<>(Visitor.hidden(visitor.get("/join").body()));
        fields.putAll(form("Mina", email));
        Callable<Integer> send = () -> visitor.post("/join", fields).statusCode();
        try (var hands = Executors.newFixedThreadPool(2)) {
            for (var sent : hands.invokeAll(List.of(send, send))) {
                assertThat(sent.get()).isIn(302, 403);
            }
        }
        assertThat(membersWith(email)).isOne();
    }

    @Test
    void answersTheSameRegistrationWithTheSameMember() {
        String first = id(register(visitor, "Mina", email, PASSWORD));
        assertThat(id(register(visitor, "Mina", email, PASSWORD))).isEqualTo(first);
        String shouted = "  " + email.toUpperCase(Locale.ROOT) + " ";
        assertThat(id(register(visitor, "Mina", shouted, PASSWORD))).isEqualTo(first);
        assertThat(membersWith(email)).isOne();
    }

    @Test
    void answersATakenAddressAsAWrongSignIn() {
        register(visitor, "Mina", email, PASSWORD);
        HttpResponse<String> again = register(visitor, "Thief", email, "another password");
        HttpResponse<String> signIn =
                visitor.call(
                        "POST",
                        "/api/v1/sessions",
                        Map.of("email", email, "password", "another password"));
        assertThat(again.statusCode()).isEqualTo(403).isEqualTo(signIn.statusCode());
        assertThat(words(again)).isEqualTo(words(signIn)).doesNotContain("Mina");
    }

    @Test
    void refusesAnotherRegistrationUnderTheSameKey() {
        String key = UUID.randomUUID().toString();
        Map<String, String> first = form("Mina", email);
        String id = id(call(first, key));
        assertThat(id(call(first, key))).isEqualTo(id);
        HttpResponse<String> other = call(form("Theo", "x" + email), key);
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(Visitor.code(other)).isEqualTo("idempotency.mismatch");
        assertThat(membersWith("x" + email)).isZero();
    }

    @Test
    void saysWhatIsWrongWithEachField() {
        assertThat(refused("", email, PASSWORD)).isEqualTo("member.name");
        assertThat(refused("n".repeat(41), email, PASSWORD)).isEqualTo("member.name");
        assertThat(refused("a\u202Eb", email, PASSWORD)).isEqualTo("member.name");
        assertThat(refused("Mina", "mina", PASSWORD)).isEqualTo("member.email");
        assertThat(refused("Mina", email, "too short")).isEqualTo("member.password");
        assertThat(refused("Mina", email, "p".repeat(201))).isEqualTo("member.password");
        assertThat(refused("🎨".repeat(40), email, "p".repeat(10))).isEmpty();
    }

    @Test
    void showsTheFormAgainWithItsErrorButNeverThePassword() {
        HttpResponse<String> again =
                visitor.fill(
                        "/join",
                        "/join",
                        Map.of("name", "Mina", "email", "mina", "password", PASSWORD));
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(again.body())
                .contains("name@example.org", "value=\"Mina\"", "autocomplete=\"new-password\"")
                .doesNotContain(PASSWORD);
    }

    @Test
    void keepsNoPasswordButAnArgon2idHashOfTheAgreedCost() {
        register(visitor, "Mina", email, PASSWORD);
        assertThat(
                        db.sql("SELECT password_hash FROM recorded.member WHERE email = ?")
                                .param(email)
                                .query(String.class)
                                .single())
                .startsWith("$argon2id$v=19$m=65536,t=3,p=1$");
    }

    private String refused(String name, String email, String password) {
        HttpResponse<String> answer = register(visitor, name, email, password);
        return answer.statusCode() == 201 ? "" : Visitor.code(answer);
    }

    private HttpResponse<String> call(Map<String, String> form, String key) {
        return visitor.call("POST", "/api/v1/members", form, "Idempotency-Key", key);
    }

    static HttpResponse<String> register(
            Visitor visitor, String name, String email, String password) {
        return visitor.call(
                "POST",
                "/api/v1/members",
                Map.of("name", name, "email", email, "password", password));
    }

    private static Map<String, String> form(String name, String email) {
        return Map.of("name", name, "email", email, "password", PASSWORD);
    }

    private long membersWith(String email) {
        return db.sql("SELECT count(*) FROM recorded.member WHERE email = ?")
                .param(email)
                .query(Long.class)
                .single();
    }

    private static String id(HttpResponse<String> joined) {
        assertThat(joined.statusCode()).as(joined.body()).isEqualTo(201);
        return Visitor.json(joined).path("id").asString();
    }

    private static String words(HttpResponse<String> problem) {
        var json = Visitor.json(problem);
        return json.path("code") + " " + json.path("title") + " " + json.path("detail");
    }
}
