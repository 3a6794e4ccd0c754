package dev.rustnet.launcher;

import dev.rustnet.core.plan.StartPlan;
import dev.rustnet.core.plan.StartPlan.Edge;
import dev.rustnet.core.plan.StartPlan.Left;
import dev.rustnet.core.plan.StartPlan.Step;
import dev.rustnet.launcher.process.ExitCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Prints in which order the components of a node would start, and why, and what its broadcasts guarantee; or everything that
 * prevents it.
 */
@Command(
        name = "explain",
        description =
                "Shows in which order the components of a node would start, and why; what its broadcasts guarantee, on"
                        + " which assumptions, and how many crashes they survive. Starts nothing.")
final class ExplainCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private NodeOptions node;

    /** Made by picocli. */
    ExplainCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        print(node.builder().plan(), out);
        out.flush();
        return ExitCode.GOOD;
    }

    static void print(StartPlan plan, PrintWriter out) {
        out.println("Components start in this order and stop in reverse:");
        int number = 1;
        for (Step step : plan.order()) {
            out.println();
            out.printf("%2d. %s   (%s)%n", number++, step.name(), step.jar());
            if (!step.provides().isEmpty()) {
                out.println("    provides " + String.join(", ", step.provides()));
            }
            List<Edge> edges = plan.edges().stream()
                    .filter(edge -> edge.user().equals(step.name()))
                    .toList();
            for (Edge edge : edges) {
                out.println("    after " + edge.provider() + ", because it "
                        + (edge.optional() ? "can use " : "requires ") + edge.service());
            }
        }
        if (!plan.left().isEmpty()) {
            out.println();
            out.println("Found, and not started:");
            for (Left left : plan.left()) {
                out.println("    " + left.name() + "   (" + left.jar() + "): " + left.reason());
            }
        }
        if (!plan.promises().isEmpty()) {
            PromiseText.print(plan.promises(), out);
        }
    }
}
