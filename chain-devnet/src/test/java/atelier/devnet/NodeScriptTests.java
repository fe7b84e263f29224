package atelier.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The node's own tests ({@code src/test/node}): what cannot be brought about from outside. */
class NodeScriptTests {

    @Test
    void passItsOwnTests() throws Exception {
        NodeHome home = NodeHome.find();
        Process tests =
                new ProcessBuilder(
                                home.executable().toString(), "--test", "src/test/node/*.test.mjs")
                        .directory(home.folder().toFile())
                        .redirectErrorStream(true)
                        .start();
        tests.getOutputStream().close();
        String output = new String(tests.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(tests.waitFor()).as(output).isZero();
        assertThat(output).contains("pass 3");
    }
}
