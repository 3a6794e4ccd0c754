package dev.rustnet.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The rules of the kernel: the world comes in through the Environment alone, and packages do not form circles. */
@AnalyzeClasses(packages = "dev.rustnet", importOptions = ImportOption.DoNotIncludeTests.class)
class KernelArchitectureTest {
    private static final Set<String> OWNERS_OF_THE_WORLD =
            Set.of("SystemEnvironment", "SystemTime", "LoopThread", "ThreadLane", "Watchdog", "FileSink", "FileStore");

    @ArchTest
    static final ArchRule noClock = noClasses()
            .that(doNotOwnTheWorld())
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.time.Clock.class);

    @ArchTest
    static final ArchRule noThread = noClasses()
            .that(doNotOwnTheWorld())
            .should()
            .callConstructorWhere(constructs(Thread.class))
            .orShould()
            .callMethodWhere(called(Thread.class, "sleep", "start"))
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.concurrent\\.(Executors|ThreadPoolExecutor|ForkJoinPool|Scheduled.*)")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(Timer|TimerTask)")
            .orShould()
            .callMethodWhere(
                    called(java.util.concurrent.CompletableFuture.class, "supplyAsync", "runAsync", "orTimeout"));

    @ArchTest
    static final ArchRule noRandomness = noClasses()
            .that(doNotOwnTheWorld())
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.(util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)|security\\.SecureRandom)")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID");

    /** The user's configuration file is read before there is a node, and so before there is a world for it. */
    @ArchTest
    static final ArchRule noSocketAndNoFile = noClasses()
            .that(doNotOwnTheWorld())
            .and()
            .doNotHaveFullyQualifiedName("dev.rustnet.core.settings.ConfigurationFile")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.net\\.(Socket|ServerSocket|DatagramSocket|InetAddress|InetSocketAddress)"
                            + "|java\\.nio\\.channels\\..*|java\\.nio\\.file\\.Files|java\\.io\\.(File(In|Out).*|RandomAccessFile)");

    @ArchTest
    static final ArchRule noCircles =
            slices().matching("dev.rustnet.(*)..").should().beFreeOfCycles().as("no circle between parts");

    @ArchTest
    static final ArchRule noCirclesInTheCore =
            slices().matching("dev.rustnet.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theCoreKnowsNoTransportAndNoPlugIn = noClasses()
            .that()
            .resideInAnyPackage("dev.rustnet.core..", "dev.rustnet.node..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.rustnet.transport.nio..", "dev.rustnet.plugins..", "dev.rustnet.launcher..");

    @ArchTest
    static final ArchRule onlyMemberInjectionKnowsGuice = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("MemberInjection")
            .and()
            .haveNameNotMatching(".*\\.MemberInjection\\$.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google..");

    @ArchTest
    static final ArchRule onlyTheCodecKnowsKryo = classes()
            .that()
            .resideInAPackage("com.esotericsoftware..")
            .should()
            .onlyBeAccessed()
            .byAnyPackage("dev.rustnet.core.codec", "com.esotericsoftware..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noTransportBelowTheNode = noClasses()
            .that()
            .resideInAPackage("dev.rustnet.core..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.rustnet.node..");

    private static DescribedPredicate<JavaClass> doNotOwnTheWorld() {
        return DescribedPredicate.describe(
                "do not own the world",
                type -> !(type.getPackageName().equals("dev.rustnet.core.environment")
                        && OWNERS_OF_THE_WORLD.contains(type.getSimpleName())));
    }

    private static DescribedPredicate<JavaCall<?>> called(Class<?> owner, String... names) {
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + String.join("/", names),
                call -> call.getTargetOwner().isAssignableTo(owner)
                        && Set.of(names).contains(call.getTarget().getName()));
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaConstructorCall> constructs(Class<?> owner) {
        return DescribedPredicate.describe(
                "new " + owner.getSimpleName(), call -> call.getTargetOwner().isAssignableTo(owner));
    }
}
