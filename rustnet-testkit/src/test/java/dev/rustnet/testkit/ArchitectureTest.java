package dev.rustnet.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * What this module may depend on, and that nothing in it but real transports knows a clock, a thread or chance other than
 * the simulated ones.
 */
@AnalyzeClasses(packages = "dev.rustnet.testkit")
final class ArchitectureTest {
    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @AnalyzeClasses(packages = "dev.rustnet.testkit", importOptions = ImportOption.DoNotIncludeTests.class)
    static final class MainCode {
        @ArchTest
        static final ArchRule DEPENDS_ON_API_AND_CORE_ALONE = noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.rustnet.plugins..",
                        "dev.rustnet.launcher..",
                        "dev.rustnet.bench..",
                        "dev.rustnet.nio..",
                        "dev.rustnet.transport.nio..",
                        "com.google..");

        @ArchTest
        static final ArchRule HAS_NO_CYCLES =
                slices().matching("dev.rustnet.testkit.(*)..").should().beFreeOfCycles();

        @ArchTest
        static final ArchRule HAS_NO_CLOCK_THREAD_OR_CHANCE_OF_ITS_OWN = noClasses()
                .that()
                .resideOutsideOfPackage("dev.rustnet.testkit.transport..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callConstructor(Thread.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .callConstructor(java.util.Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.Executors");
    }
}
