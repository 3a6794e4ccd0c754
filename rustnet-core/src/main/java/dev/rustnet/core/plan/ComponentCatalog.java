package dev.rustnet.core.plan;

import dev.rustnet.component.NetComponent;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Spliterator;

/**
 * The components on a class path. A provider that cannot be used is a problem of its own, and the others are found all
 * the same.
 *
 * @param components by class name, so that nothing depends on the order of the class path
 * @param problems what could not be used, and why
 * @param unusable class names of the components that are there and cannot be used
 */
public record ComponentCatalog(List<FoundComponent> components, List<Problem> problems, List<String> unusable) {
    /** An end to errors of a class path that never gives anything else. */
    private static final int MAX_ERRORS = 1_000;

    public ComponentCatalog {
        components = components.stream()
                .sorted(Comparator.comparing(FoundComponent::className))
                .toList();
        problems = List.copyOf(problems);
        unusable = List.copyOf(unusable);
    }

    /** A catalogue of nothing. */
    public static ComponentCatalog empty() {
        return new ComponentCatalog(List.of(), List.of(), List.of());
    }

    /** Makes an instance of every component that {@link ServiceLoader} finds. */
    public static ComponentCatalog discover(ClassLoader loader) {
        List<FoundComponent> components = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<String> unusable = new ArrayList<>();
        for (ServiceLoader.Provider<NetComponent> provider : providers(loader, problems)) {
            try {
                components.add(FoundComponent.of(provider.get()));
            } catch (ServiceConfigurationError e) {
                unusable.add(provider.type().getName());
                problems.add(constructorFailed(provider.type(), cause(e)));
            }
        }
        return new ComponentCatalog(components, problems, unusable);
    }

    private static List<ServiceLoader.Provider<NetComponent>> providers(ClassLoader loader, List<Problem> problems) {
        List<ServiceLoader.Provider<NetComponent>> providers = new ArrayList<>();
        Spliterator<ServiceLoader.Provider<NetComponent>> found =
                ServiceLoader.load(NetComponent.class, loader).stream().spliterator();
        boolean more = true;
        while (more && problems.size() < MAX_ERRORS) {
            try {
                more = found.tryAdvance(providers::add);
            } catch (ServiceConfigurationError e) {
                // The loader has moved on behind the bad line: the next call goes on with the next provider.
                problems.add(badProvider(loader, e));
            } catch (LinkageError e) {
                problems.add(Problem.of(
                                ProblemCode.BAD_PROVIDER, "a component on the class path cannot be loaded: " + e + ".")
                        .fix("add the jar with the class that is missing, or remove the component's jar"));
            }
        }
        return providers;
    }

    private static Problem badProvider(ClassLoader loader, ServiceConfigurationError e) {
        String message = String.valueOf(e.getMessage());
        String prefix = NetComponent.class.getName() + ": ";
        String sentence = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
        Problem problem =
                Problem.of(ProblemCode.BAD_PROVIDER, "an entry of META-INF/services cannot be used: " + sentence + ".");
        for (String place : ServiceFiles.mentions(loader, NetComponent.class, message)) {
            problem = problem.with("listed in", place);
        }
        if (e.getCause() != null) {
            problem = problem.with("cause", e.getCause().toString());
        }
        return problem.fix("correct that line; it names a public class that implements NetComponent");
    }

    private static Problem constructorFailed(Class<?> type, Throwable cause) {
        Problem problem = Problem.of(
                        ProblemCode.CONSTRUCTOR_FAILED,
                        "the component " + type.getName() + " cannot be made: its constructor threw " + cause + ".")
                .with("jar", Jars.of(type));
        if (cause.getStackTrace().length > 0) {
            problem = problem.with("thrown at", cause.getStackTrace()[0].toString());
        }
        return problem.fix("a constructor should do nothing; what may fail belongs in start. Or remove the jar");
    }

    private static Throwable cause(ServiceConfigurationError e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause instanceof InvocationTargetException && cause.getCause() != null ? cause.getCause() : cause;
    }
}
