package dev.rustnet.core.kernel;

import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.core.plan.StartException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts components in order, and stops those that were started in reverse, whatever happens in between. */
final class ComponentLifeCycle {
    // Injected
    private final NodeParts node;
    private final System.Logger log;

    // State
    private final Deque<Started> started = new ArrayDeque<>();
    private @Nullable MemberInjection injection;

    private record Started(PlannedComponent component, KernelContext context) {}

    ComponentLifeCycle(NodeParts node, System.Logger log) {
        this.node = node;
        this.log = log;
    }

    /**
     * Starts all.
     *
     * @throws StartException when one fails; those started before it have been stopped then
     */
    void start(List<PlannedComponent> components) {
        for (PlannedComponent component : components) {
            KernelContext context = new KernelContext(component, node);
            try {
                start(component, context);
            } catch (StartException e) {
                context.close();
                stop();
                throw e;
            }
        }
    }

    private void start(PlannedComponent component, KernelContext context) {
        if (InjectMembers.in(component.component().getClass())) {
            if (injection == null) {
                injection = new MemberInjection(node);
            }
            injection.inject(component, context);
        }
        try {
            component.component().start(context);
        } catch (Exception | LinkageError | AssertionError e) {
            throw new StartException(List.of(startFailed(component, e)), e);
        }
        context.freeze();
        started.push(new Started(component, context));
        List<Class<?>> missing = node.services().missing(component.descriptor());
        if (!missing.isEmpty()) {
            throw new StartException(missing.stream()
                    .map(service -> notProvided(component, service))
                    .toList());
        }
    }

    private static Problem startFailed(PlannedComponent component, Throwable error) {
        Problem problem = Problem.of(
                        ProblemCode.START_FAILED, component.name() + " cannot start: it threw " + error + ".")
                .with("declared by", component.declaration().place());
        if (error.getStackTrace().length > 0) {
            problem = problem.with("thrown at", error.getStackTrace()[0].toString());
        }
        if (component.declaration().configuredAt().isPresent()) {
            problem = problem.with(
                    "configured at", component.declaration().configuredAt().get());
        }
        return problem.fix(
                "mend what it complains of, or set rustnet.components." + component.name() + ".enabled = false");
    }

    private static Problem notProvided(PlannedComponent component, Class<?> service) {
        return Problem.of(
                        ProblemCode.NOT_PROVIDED,
                        component.name() + " declares that it provides " + service.getSimpleName()
                                + ", and has not done so in start.")
                .with("declared by", component.declaration().place())
                .fix("call context.provide(" + service.getSimpleName() + ".class, ..) in start, or take it out of the"
                        + " descriptor");
    }

    /** Stops what was started, the last first; what one throws does not keep the others from it. */
    void stop() {
        while (!started.isEmpty()) {
            Started next = started.pop();
            try {
                next.component().component().stop();
            } catch (Exception | LinkageError | AssertionError e) {
                log.log(
                        System.Logger.Level.ERROR,
                        Problem.of(
                                        ProblemCode.STOP_FAILED,
                                        next.component().name() + " threw " + e + " when it was to stop.")
                                .with("then", "the other components stop all the same")
                                .toString(),
                        e);
            }
            try {
                next.context().close();
            } catch (RuntimeException e) {
                log.log(
                        System.Logger.Level.ERROR,
                        "a file of " + next.component().name() + " cannot be closed",
                        e);
            }
        }
    }
}
