package atelier.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Every sentence exists in all three languages. */
class MessageTests {

    @TestFactory
    Stream<DynamicTest> saysTheSameInEveryLanguage() throws IOException {
        return bundles()
                .flatMap(bundle ->
                        Stream.of("_zh_TW", "_zh_CN").map(language -> sameKeys(bundle, language)));
    }

    private static DynamicTest sameKeys(String bundle, String language) {
        return DynamicTest.dynamicTest(
                bundle + language,
                () -> assertThat(keys(bundle + language)).isEqualTo(keys(bundle)));
    }

    private static Stream<String> bundles() throws IOException {
        return Arrays.stream(
                        new PathMatchingResourcePatternResolver()
                                .getResources("classpath*:messages/*.properties"))
                .map(Resource::getFilename)
                .map(String::valueOf)
                .filter(name -> !name.contains("_"))
                .map(name -> name.replace(".properties", ""));
    }

    private static Set<String> keys(String bundle) throws IOException {
        Properties words = new Properties();
        try (Reader in =
                new InputStreamReader(
                        new ClassPathResource("messages/" + bundle + ".properties")
                                .getInputStream(),
                        StandardCharsets.UTF_8)) {
            words.load(in);
        }
        return words.stringPropertyNames();
    }
}
