package dev.rustnet.launcher.process;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a {@link Guarantee}, with or without "-broadcast" at its end. */
public final class GuaranteeConverter implements ITypeConverter<Guarantee> {
    private static final String SUFFIX = "-broadcast";

    /** Made by picocli. */
    public GuaranteeConverter() {}

    @Override
    public Guarantee convert(String text) {
        String name = text.endsWith(SUFFIX) ? text.substring(0, text.length() - SUFFIX.length()) : text;
        return Arrays.stream(Guarantee.values())
                .filter(guarantee -> guarantee.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("\"" + text + "\" is not one of "
                        + Arrays.stream(Guarantee.values())
                                .map(Guarantee::toString)
                                .collect(Collectors.joining(", "))));
    }
}
