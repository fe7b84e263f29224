package atelier.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import atelier.Atelier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModule;
import org.springframework.modulith.core.ApplicationModuleDependency;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.DependencyType;

/** The committed map of modules is the one that Modulith finds in the code. */
class ModuleMapTests {

    private static final Path MAP = Path.of("..", "docs", "modules", "README.md");
    private static final ApplicationModules MODULES = ApplicationModules.of(Atelier.class);

    /** Packages of the other jars, which share the root. */
    private static final Set<String> JARS = Set.of("contracts", "devnet");

    @Test
    void mapShowsTheModulesAsTheyAre() throws IOException {
        String map = draw();
        if (Boolean.getBoolean("atelier.docs.update")) {
            Files.createDirectories(MAP.getParent());
            Files.writeString(MAP, map);
        }
        assertThat(Files.readString(MAP))
                .as("run mvn -pl backend -am test -Dtest=ModuleMapTests -Datelier.docs.update=true")
                .isEqualTo(map);
    }

    private static String draw() {
        List<ApplicationModule> modules =
                MODULES.stream().sorted((a, b) -> name(a).compareTo(name(b))).toList();
        return """
        # The modules of the backend

        Generated from the code by Spring Modulith (`ModuleMapTests`); an arrow points to what a module uses.

        ```mermaid
        graph TD
        %s
        ```

        | module | uses |
        |---|---|
        %s
        """
                .formatted(
                        modules.stream()
                                .flatMap(module ->
                                        uses(module).stream()
                                                .map(used ->
                                                        "  %s --> %s"
                                                                .formatted(name(module), used)))
                                .collect(Collectors.joining("\n")),
                        modules.stream()
                                .map(module ->
                                        "| `%s` | %s |"
                                                .formatted(
                                                        name(module),
                                                        String.join(", ", uses(module))))
                                .collect(Collectors.joining("\n")));
    }

    private static List<String> uses(ApplicationModule module) {
        return module.getDirectDependencies(MODULES, DependencyType.values()).stream()
                .map(ApplicationModuleDependency::getTargetModule)
                .map(ModuleMapTests::name)
                .filter(name -> !JARS.contains(name))
                .distinct()
                .sorted()
                .toList();
    }

    private static String name(ApplicationModule module) {
        return module.getIdentifier().toString();
    }
}
