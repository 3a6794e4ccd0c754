package dev.rustnet.testkit.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
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
            "dev.rustnet.clock",
            "dev.rustnet.component",
            "dev.rustnet.failure",
            "dev.rustnet.group",
            "dev.rustnet.link",
            "dev.rustnet.time",
            "dev.rustnet.transport");

    private static final Set<String> FORBIDDEN_TYPES = Set.of(
            "java.io.Console",
            "java.io.RandomAccessFile",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.lang.ref.Cleaner",
            "java.lang.ref.ReferenceQueue",
            "java.security.SecureRandom",
            "java.util.IdentityHashMap",
            "java.util.Random",
            "java.util.Timer",
            "java.util.WeakHashMap",
            "java.util.concurrent.CompletableFuture",
            "java.util.concurrent.Executor",
            "java.util.concurrent.ExecutorService",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ScheduledExecutorService",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.concurrent.ThreadPoolExecutor",
            "java.util.random.RandomGeneratorFactory");

    private static final Map<String, Set<String>> FORBIDDEN_METHODS = Map.of(
            "java.lang.System",
            Set.of(
                    "nanoTime",
                    "currentTimeMillis",
                    "identityHashCode",
                    "getenv",
                    "getProperty",
                    "exit",
                    "in",
                    "out",
                    "err"),
            "java.lang.Math",
            Set.of("random"),
            "java.lang.StrictMath",
            Set.of("random"),
            "java.util.UUID",
            Set.of("randomUUID"),
            "java.util.Calendar",
            Set.of("getInstance"),
            "java.util.Collections",
            Set.of("shuffle"),
            "java.util.random.RandomGenerator",
            Set.of("of", "getDefault"),
            "java.time.ZoneId",
            Set.of("systemDefault"));

    /** Whose constructors without an argument ask a clock or a source of chance. */
    private static final Set<String> FORBIDDEN_WITHOUT_ARGUMENT =
            Set.of("java.util.Date", "java.util.GregorianCalendar", "java.util.SplittableRandom");

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

    /**
     * Time, randomness, threads and the rest of the world come from the {@code ComponentContext}. It cannot see in which order
     * a component goes through a hash set or map, which may differ from run to run where the keys' hash codes do: those of
     * enums, of arrays and of whatever keeps {@code Object.hashCode}; and that of {@code Set.of} and {@code Map.of} differs
     * from one JVM to the next.
     */
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
                    return isDoor(access.getTargetOwner(), access.getTarget().getName(), arguments(access.getTarget()));
                }
            })
            .because("a component gets these from its ComponentContext: only so can the simulator replay it");

    /** Two nodes in one JVM share nothing. */
    @ArchTest
    public static final ArchRule HAS_NO_STATIC_STATE =
            fields().that().areStatic().should().beFinal().allowEmptyShould(true);

    private ComponentRules() {}

    private static boolean isDoor(JavaClass owner, String name, int arguments) {
        String there = owner.getPackageName();
        if (there.startsWith("java.time") && name.equals("now")) {
            return true;
        }
        if (owner.getName().equals("java.time.Clock")) {
            return name.startsWith("system") || (name.startsWith("tick") && !name.equals("tick"));
        }
        // In parallel, what happens first is up to the machine.
        boolean parallel = name.equals("parallelStream")
                || (name.startsWith("parallel")
                        && (there.equals("java.util.stream") || owner.getName().equals("java.util.Arrays")));
        boolean asksByItself = name.equals(JavaConstructor.CONSTRUCTOR_NAME)
                && arguments == 0
                && FORBIDDEN_WITHOUT_ARGUMENT.contains(owner.getName());
        return parallel
                || asksByItself
                || FORBIDDEN_METHODS.getOrDefault(owner.getName(), Set.of()).contains(name);
    }

    private static int arguments(AccessTarget target) {
        return target instanceof AccessTarget.CodeUnitAccessTarget called
                ? called.getRawParameterTypes().size()
                : 0;
    }

    private static boolean allowed(JavaClass origin, JavaClass target) {
        String there = target.getPackageName();
        return !there.startsWith("dev.rustnet")
                || API.contains(there)
                || there.equals(origin.getPackageName())
                || there.startsWith(origin.getPackageName() + ".")
                || origin.getPackageName().startsWith(there + ".");
    }
}
