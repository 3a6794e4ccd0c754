package dev.rustnet.launcher;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.rustnet.launcher.console.ConsoleLogging;
import dev.rustnet.launcher.console.LogLevel;
import dev.rustnet.launcher.process.SettingPath;
import dev.rustnet.node.Node;
import dev.rustnet.node.NodeBuilder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options by which every command names a node's configuration. */
public final class NodeOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec command;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            required = true,
            description = "The node's configuration, in HOCON.")
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private Path file;

    @Option(names = "--name", paramLabel = "NAME", description = "The process's name, instead of rustnet.node.name.")
    private @Nullable String name;

    @Option(names = "--bind", paramLabel = "HOST:PORT", description = "Where to listen, instead of rustnet.node.bind.")
    private @Nullable String bind;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Any setting, such as rustnet.components.failure-detector.timeout=3s. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "${env:RUSTNET_LOG_LEVEL:-INFO}",
            description = "What the log on standard error shows: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private LogLevel logLevel = LogLevel.INFO;

    /** Made by picocli. */
    NodeOptions() {}

    /** The node that the file and the options describe. */
    public NodeBuilder builder() {
        ConsoleLogging.level(logLevel);
        settings.keySet().forEach(path -> SettingPath.check(path, command));
        NodeBuilder builder = Node.builder(file);
        if (name != null) {
            builder.set("rustnet.node.name", said(name, "--name"));
        }
        if (bind != null) {
            builder.set("rustnet.node.bind", said(bind, "--bind"));
        }
        settings.forEach((path, value) -> builder.set(path, said(value, "--set")));
        return builder;
    }

    /** With its place, so that reports and the config command name the option. */
    private static ConfigValue said(String value, String option) {
        return ConfigValueFactory.fromAnyRef(value, option);
    }
}
