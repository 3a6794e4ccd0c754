package dev.rustnet.testkit.simulation;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands log lines of one process to the run. */
final class SimulatedLogger implements System.Logger {
    // Injected
    private final String name;
    private final Consumer<String> lines;

    SimulatedLogger(String name, Consumer<String> lines) {
        this.name = name;
        this.lines = lines;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        return level.getSeverity() >= Level.INFO.getSeverity();
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        if (isLoggable(level)) {
            lines.accept(level + " " + name + ": " + message + (thrown == null ? "" : " (" + thrown + ")"));
        }
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... parameters) {
        if (isLoggable(level)) {
            boolean plain = parameters == null || parameters.length == 0 || format == null;
            lines.accept(level + " " + name + ": " + (plain ? format : MessageFormat.format(format, parameters)));
        }
    }
}
