package dev.rustnet.launcher;

import dev.rustnet.core.plan.StartPlan;
import dev.rustnet.launcher.process.ExitCode;
import dev.rustnet.node.Node;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints which components were found on the class path, and in which jar. */
@Command(
        name = "components",
        description = "Lists the components in lib/ and plugins/, with their jars and what they provide.")
final class ComponentsCommand implements Callable<Integer> {
    private record Row(String name, String jar, String remark) {}

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    /** Made by picocli. */
    ComponentsCommand() {}

    @Override
    public Integer call() {
        // The plan of a node of one, as it is without a configuration file.
        StartPlan plan = Node.builder("components")
                .bind("127.0.0.1:0")
                .peers("components@127.0.0.1:1")
                .plan();
        PrintWriter out = spec.commandLine().getOut();
        print(rows(plan), out);
        out.flush();
        return ExitCode.GOOD;
    }

    private static List<Row> rows(StartPlan plan) {
        List<Row> rows = new ArrayList<>();
        plan.order()
                .forEach(step -> rows.add(new Row(
                        step.name(),
                        step.jar(),
                        step.provides().isEmpty() ? "" : "provides " + String.join(", ", step.provides()))));
        plan.left().forEach(left -> rows.add(new Row(left.name(), left.jar(), left.reason())));
        rows.sort(Comparator.comparing(Row::name));
        return rows;
    }

    private static void print(List<Row> rows, PrintWriter out) {
        int names = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        int jars = rows.stream().mapToInt(row -> row.jar().length()).max().orElse(0);
        for (Row row : rows) {
            String line = pad(row.name(), names) + "  " + pad(row.jar(), jars) + "  " + row.remark();
            out.println(line.stripTrailing());
        }
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
