package atelier.story;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.testing.ForeignChain;
import atelier.testing.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What whoever runs Atelier does once, at the first start on a chain and a database of theirs. */
final class Founding {

    static final String EMAIL = "founder@example.org";
    static final String PASSWORD = "a long enough secret";

    private static final Pattern ACCOUNT = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final Pattern LINK = Pattern.compile("/set-up\\?token=\\S+");
    private static final long PLENTY = 10;

    private final AtelierProcess atelier;

    Founding(AtelierProcess atelier) {
        this.atelier = atelier;
    }

    /** The account that deploys, as printed. */
    String deployer() {
        return match(ACCOUNT, atelier.awaitLine("deployer 0x"));
    }

    /** The account that pays for members, as printed. */
    String relayer() {
        return match(ACCOUNT, atelier.awaitLine("relayer  0x"));
    }

    /** Gives both what they need and waits for the contracts. */
    void pay(ForeignChain chain) {
        chain.give(deployer(), PLENTY);
        chain.give(relayer(), PLENTY);
        atelier.awaitLine("Deployed; the Directory is ");
    }

    /** Where the set-up link leads, as printed. */
    String link() {
        return match(LINK, atelier.awaitLine("/set-up?token="));
    }

    /** Uses the link, as a browser does. */
    HttpResponse<String> becomeAdmin(Visitor visitor, String link) {
        HttpResponse<String> page = visitor.get(link);
        assertThat(page.statusCode()).isEqualTo(200);
        return visitor.submit(
                page.body(),
                "/set-up",
                Map.of(
                        "token",
                        link.substring(link.indexOf('=') + 1),
                        "name",
                        "Founder",
                        "email",
                        EMAIL,
                        "password",
                        PASSWORD));
    }

    private static String match(Pattern pattern, String line) {
        Matcher found = pattern.matcher(line);
        assertThat(found.find()).as(line).isTrue();
        return found.group();
    }
}
