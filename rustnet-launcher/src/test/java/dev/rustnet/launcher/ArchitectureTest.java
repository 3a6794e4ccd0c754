package dev.rustnet.launcher;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.rustnet.launcher", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    /** What an application may use of the kernel, and the report of a start that failed. */
    @ArchTest
    static final ArchRule THE_KERNEL_IS_USED_THROUGH_ITS_NODE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.rustnet.core.loop..",
                    "dev.rustnet.core.link..",
                    "dev.rustnet.core.log..",
                    "dev.rustnet.core.memory..",
                    "dev.rustnet.core.kernel..",
                    "dev.rustnet.core.bus..",
                    "dev.rustnet.core.codec..",
                    "dev.rustnet.core.settings..",
                    "dev.rustnet.core.environment..");

    @ArchTest
    static final ArchRule NO_COMPONENT_IS_KNOWN_BY_ITS_CLASS =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.rustnet.plugins..");

    @ArchTest
    static final ArchRule THE_TRANSPORT_IS_FOUND_NOT_NAMED =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.rustnet.transport.nio..");

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_THAT_SIMULATES_KNOWS_THE_SIMULATOR = noClasses()
            .that()
            .resideOutsideOfPackage("dev.rustnet.launcher.simulate..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.rustnet.testkit..")
                    .and(not(resideInAnyPackage(
                            "dev.rustnet.testkit.check..",
                            "dev.rustnet.testkit.diagram..",
                            "dev.rustnet.testkit.events.."))));

    @ArchTest
    static final ArchRule LOGBACK_IS_SET_UP_IN_ONE_PLACE = noClasses()
            .that()
            .doNotHaveSimpleName("ConsoleLogging")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("ch.qos.logback..", "org.slf4j..");

    @ArchTest
    static final ArchRule NO_PACKAGE_CYCLES =
            slices().matching("dev.rustnet.launcher.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule CLASSES_ARE_FINAL = classes()
            .that()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);
}
