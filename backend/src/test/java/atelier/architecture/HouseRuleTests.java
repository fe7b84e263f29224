package atelier.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.RequestMapping;

@AnalyzeClasses(packages = "atelier", importOptions = HouseRuleTests.Backend.class)
class HouseRuleTests {

    /** What this module compiles for production: not its tests, not the bindings it uses. */
    static final class Backend implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return location.contains("/backend/target/classes/");
        }
    }

    @ArchTest
    static final ArchRule kernelKnowsNoFramework =
            noClasses()
                    .that()
                    .resideInAPackage("atelier.kernel..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework..", "org.web3j..", "jakarta..");

    @ArchTest
    static final ArchRule timeComesFromTheClock =
            noClasses()
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(LocalDate.class, "now")
                    .orShould()
                    .callMethod(LocalDateTime.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .because("a test must be able to say what time it is: pass " + Clock.class);

    @ArchTest
    static final ArchRule doorsKnowNoPages =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("..web..", "..site..", "..admin..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("atelier.(*).web..");

    @ArchTest
    static final ArchRule pagesGoThroughTheDoor =
            noClasses()
                    .that()
                    .resideInAPackage("atelier.*.web..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.springframework.jdbc..", "org.web3j..")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule everyTypeLivesInAModule =
            classes()
                    .that()
                    .resideInAPackage("atelier.(*)..")
                    .should()
                    .resideInAnyPackage(
                            "atelier.kernel..",
                            "atelier.web..",
                            "atelier.vault..",
                            "atelier.identity..",
                            "atelier.chain..",
                            "atelier.media..",
                            "atelier.rules..",
                            "atelier.ledger..",
                            "atelier.workshop..",
                            "atelier.market..",
                            "atelier.governance..",
                            "atelier.profit..",
                            "atelier.audit..",
                            "atelier.site..",
                            "atelier.admin..",
                            "atelier.demo..");

    @ArchTest
    static final ArchRule everyHandlerNamesWhoMayCall =
            methods()
                    .that()
                    .areMetaAnnotatedWith(RequestMapping.class)
                    .should(
                            ArchCondition.from(
                                    DescribedPredicate.describe(
                                            "name a role, on the method or on its class",
                                            HouseRuleTests::namesWhoMayCall)));

    private static boolean namesWhoMayCall(JavaMethod handler) {
        return Stream.of(PermitAll.class, RolesAllowed.class, DenyAll.class)
                .anyMatch(role ->
                        handler.isAnnotatedWith(role) || handler.getOwner().isAnnotatedWith(role));
    }

    @ArchTest
    static final ArchRule noDrawersForTheRest =
            classes()
                    .should()
                    .haveSimpleNameNotEndingWith("Impl")
                    .andShould()
                    .haveSimpleNameNotEndingWith("Util")
                    .andShould()
                    .haveSimpleNameNotEndingWith("Utils")
                    .andShould()
                    .haveSimpleNameNotEndingWith("Helper")
                    .andShould()
                    .haveSimpleNameNotEndingWith("Manager");
}
