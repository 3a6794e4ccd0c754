package dev.rustnet.launcher.simulate;

import dev.rustnet.testkit.simulation.FaultLines;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time such as 500ms, 30s or 5m; a bare number is in seconds. */
final class TimeConverter implements ITypeConverter<Duration> {
    /** Made by picocli. */
    TimeConverter() {}

    @Override
    public Duration convert(String text) {
        try {
            return FaultLines.time(text.matches("\\d+") ? text + "s" : text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
