package dev.rustnet.launcher.simulate;

import dev.rustnet.testkit.simulation.Delays;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a distribution of delays, such as heavy-tail. */
final class DelaysConverter implements ITypeConverter<Delays> {
    /** Made by picocli. */
    DelaysConverter() {}

    /** As it is written on the command line. */
    static String text(Delays delays) {
        return delays.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Delays convert(String text) {
        return Arrays.stream(Delays.values())
                .filter(delays -> text(delays).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(
                        () -> new TypeConversionException("\"" + text + "\" is no distribution of delays; there are "
                                + Arrays.stream(Delays.values())
                                        .map(DelaysConverter::text)
                                        .collect(Collectors.joining(", "))));
    }
}
