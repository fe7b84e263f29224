package atelier.architecture;

import atelier.Atelier;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModuleTests {

    private static final ApplicationModules MODULES = ApplicationModules.of(Atelier.class);

    @Test
    void modulesUseOnlyWhatTheyMay() {
        MODULES.verify();
    }
}
