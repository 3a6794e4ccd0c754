package dev.rustnet.launcher;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import dev.rustnet.launcher.process.ExitCode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints every effective setting of a node with the place it comes from. */
@Command(
        name = "config",
        description = "Shows every effective setting of a node and where it comes from: file and line. Starts nothing.")
final class ConfigCommand implements Callable<Integer> {
    private static final String SUBTREE = "rustnet";
    private static final Pattern JAR_DIRECTORY = Pattern.compile("jar:file:[^!]*/(?=[^/!]*!)");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private NodeOptions node;

    /** Made by picocli. */
    ConfigCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        print(node.builder().effectiveConfig(), out);
        out.flush();
        return ExitCode.GOOD;
    }

    static void print(Config config, PrintWriter out) {
        if (!config.hasPath(SUBTREE)) {
            return;
        }
        Map<String, ConfigValue> settings = new TreeMap<>();
        config.getConfig(SUBTREE)
                .entrySet()
                .forEach(entry -> settings.put(SUBTREE + "." + entry.getKey(), entry.getValue()));
        settings.forEach((path, value) ->
                out.println(path + " = " + value.render(ConfigRenderOptions.concise()) + "   # " + origin(value)));
    }

    /** File and line, written as compilers and reports do; of a file in a jar, the jar's name alone, which says enough. */
    private static String origin(ConfigValue value) {
        return JAR_DIRECTORY
                .matcher(value.origin().description())
                .replaceAll("")
                .replaceFirst(": (?=\\d+$)", ":");
    }
}
