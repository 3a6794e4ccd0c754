package dev.rustnet.testkit.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What every component keeps to, so that the same jar runs in production and in the simulator:
 *
 * <pre>
 * &#64;AnalyzeClasses(packages = "com.acme.hello", importOptions = ImportOption.DoNotIncludeTests.class)
 * class ArchitectureTest {
 *     &#64;ArchTest
 *     static final ArchTests RULES = ArchTests.in(ComponentRules.class);
 * }
 * </pre>
 */
public final class ComponentRules {
    private static final List<String> API = List.of(
            "dev.rustnet.broadcast",
            "dev.rustnet.bus",
            "dev.rustnet.component",
            "dev.rustnet.failure",
            "dev.rustnet.group",
            "dev.rustnet.link",
            "dev.rustnet.time",
            "dev.rustnet.transport");

    private static final Set<String> FORBIDDEN_TYPES = Set.of(
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.security.SecureRandom",
            "java.util.Random",
            "java.util.Timer",
            "java.util.concurrent.CompletableFuture",
            "java.util.concurrent.Executor",
            "java.util.concurrent.ExecutorService",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ScheduledExecutorService",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.concurrent.ThreadPoolExecutor");

    private static final Map<String, Set<String>> FORBIDDEN_METHODS = Map.of(
            "java.lang.System",
            Set.of("nanoTime", "currentTimeMillis", "getenv", "getProperty", "exit", "in", "out", "err"),
            "java.lang.Math",
            Set.of("random"),
            "java.util.UUID",
            Set.of("randomUUID"),
            "java.time.Instant",
            Set.of("now"),
            "java.time.LocalDate",
            Set.of("now"),
            "java.time.LocalDateTime",
            Set.of("now"),
            "java.time.ZonedDateTime",
            Set.of("now"),
            "java.time.Clock",
            Set.of("system", "systemUTC", "systemDefaultZone"),
            "java.util.Collections",
            Set.of("shuffle"));

    /** The api alone: never the kernel, a transport, a test tool or another component. */
    @ArchTest
    public static final ArchRule DEPENDS_ON_THE_API_ALONE = classes()
            .should(new ArchCondition<>("depend on the api of rustnet and their own package alone") {
                @Override
                public void check(JavaClass origin, ConditionEvents events) {
                    for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                        if (!allowed(origin, dependency.getTargetClass().getBaseComponentType())) {
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                        }
                    }
                }
            });

    /** Time, randomness, threads and the rest of the world come from the {@code ComponentContext}. */
    @ArchTest
    public static final ArchRule TAKES_THE_WORLD_FROM_ITS_CONTEXT = noClasses()
            .should()
            .dependOnClassesThat(new DescribedPredicate<>("bring threads, randomness, files or sockets of their own") {
                @Override
                public boolean test(JavaClass target) {
                    return FORBIDDEN_TYPES.contains(target.getName())
                            || target.getPackageName().equals("java.net")
                            || target.getPackageName().startsWith("java.nio.channels")
                            || target.getPackageName().startsWith("java.nio.file")
                            || (target.getPackageName().equals("java.io")
                                    && target.getSimpleName().startsWith("File"));
                }
            })
            .orShould()
            .accessTargetWhere(new DescribedPredicate<JavaAccess<?>>("is a clock or another door to the world") {
                @Override
                public boolean test(JavaAccess<?> access) {
                    return FORBIDDEN_METHODS
                            .getOrDefault(access.getTargetOwner().getName(), Set.of())
                            .contains(access.getTarget().getName());
                }
            })
            .because("a component gets these from its ComponentContext: only so can the simulator replay it");

    /** Two nodes in one JVM share nothing. */
    @ArchTest
    public static final ArchRule HAS_NO_STATIC_STATE =
            fields().that().areStatic().should().beFinal().allowEmptyShould(true);

    private ComponentRules() {}

    private static boolean allowed(JavaClass origin, JavaClass target) {
        String there = target.getPackageName();
        return !there.startsWith("dev.rustnet")
                || API.contains(there)
                || there.equals(origin.getPackageName())
                || there.startsWith(origin.getPackageName() + ".")
                || origin.getPackageName().startsWith(there + ".");
    }
}
