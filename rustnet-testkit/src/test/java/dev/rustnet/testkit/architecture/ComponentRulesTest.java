package dev.rustnet.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComponentRulesTest {
    private static final String PLANTED = "dev.rustnet.testkit.architecture.planted";

    private final JavaClasses planted = new ClassFileImporter().importPackages(PLANTED);

    private List<String> violations(ArchRule rule) {
        return rule.evaluate(planted).getFailureReport().getDetails();
    }

    @Test
    void aDependencyOnTheKernelIsNoticed() {
        assertThat(violations(ComponentRules.DEPENDS_ON_THE_API_ALONE))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("dev.rustnet.core.counters.Counters"));
    }

    @Test
    void anOwnClockRandomGeneratorOrConsoleIsNoticed() {
        assertThat(violations(ComponentRules.TAKES_THE_WORLD_FROM_ITS_CONTEXT))
                .anySatisfy(line -> assertThat(line).contains("System.nanoTime()"))
                .anySatisfy(line -> assertThat(line).contains("java.util.Random"))
                .anySatisfy(line -> assertThat(line).contains("java.lang.System.out"));
    }

    @Test
    void eachOtherWayPastTheContextIsNoticedWithClassAndLine() {
        List<String> lines = violations(ComponentRules.TAKES_THE_WORLD_FROM_ITS_CONTEXT);

        Set<JavaMethod> doors = planted.get(PLANTED + ".TakesTheWorldFromEverywhere").getMethods().stream()
                .filter(method -> !method.getName().startsWith("lambda$"))
                .collect(Collectors.toSet());
        assertThat(doors).hasSize(24);
        for (JavaMethod door : doors) {
            assertThat(lines).as(door.getName()).anySatisfy(line -> assertThat(line)
                    .contains("TakesTheWorldFromEverywhere." + door.getName() + "(")
                    .contains("(TakesTheWorldFromEverywhere.java:"));
        }
    }

    @Test
    void whatComesFromTheContextIsNot() {
        assertThat(violations(ComponentRules.TAKES_THE_WORLD_FROM_ITS_CONTEXT))
                .noneMatch(line -> line.contains("TakesEverythingFromItsContext"));
    }

    @Test
    void staticStateIsNoticed() {
        assertThat(violations(ComponentRules.HAS_NO_STATIC_STATE))
                .singleElement()
                .asString()
                .contains("BreaksEveryRule.shared");
    }
}
