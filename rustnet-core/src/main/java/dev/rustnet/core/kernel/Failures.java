package dev.rustnet.core.kernel;

import dev.rustnet.core.counters.Counters;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What components throw while the node runs: each kind is reported once, all are counted, and the configuration says
 * whether the node goes on. On the loop.
 */
final class Failures {
    private static final int MAX_KINDS = 1_000;

    // Injected
    private final List<PlannedComponent> components;
    private final boolean stop;
    private final System.Logger log;
    private final Counters counters;
    private final BiConsumer<String, Throwable> onFatal;

    // State
    private final Set<String> reported = new HashSet<>();

    /**
     * @param stop whether a failure ends the node
     * @param onFatal told the report and its cause, when it does
     */
    Failures(
            List<PlannedComponent> components,
            boolean stop,
            System.Logger log,
            Counters counters,
            BiConsumer<String, Throwable> onFatal) {
        this.components = components;
        this.stop = stop;
        this.log = log;
        this.counters = counters;
        this.onFatal = onFatal;
    }

    /** Something was thrown by whoever it was: the component whose package the stack shows first. */
    void report(Throwable error) {
        report(culprit(error), error);
    }

    /** {@code component} has thrown in one of its handlers. */
    void report(String component, Throwable error) {
        counters.counter(component + ".failures").increment();
        StackTraceElement[] stack = error.getStackTrace();
        String kind = component + ' ' + error.getClass().getName() + ' ' + (stack.length == 0 ? "" : stack[0]);
        if (reported.size() < MAX_KINDS && reported.add(kind)) {
            Problem problem = Problem.of(
                            ProblemCode.HANDLER_FAILED, component + " threw " + error + " while the node was running.")
                    .with("then", stop ? "the node stops" : "the node goes on; more of this kind is only counted")
                    .fix("this is a defect of " + component
                            + "; rustnet.node.on-component-failure says whether a node goes on");
            log.log(System.Logger.Level.ERROR, problem.toString(), error);
            if (stop) {
                onFatal.accept(problem.toString(), error);
            }
        }
    }

    private String culprit(Throwable error) {
        for (StackTraceElement frame : error.getStackTrace()) {
            String packageName = packageName(frame.getClassName());
            for (PlannedComponent component : components) {
                if (packageName(component.component().getClass().getName()).equals(packageName)) {
                    return component.name();
                }
            }
        }
        return "kernel";
    }

    private static String packageName(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }
}
