package dev.rustnet.launcher.simulate;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a network. */
final class NetworkConverter implements ITypeConverter<Network> {
    /** Made by picocli. */
    NetworkConverter() {}

    @Override
    public Network convert(String text) {
        try {
            return Network.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("\"" + text + "\" is no network: " + e.getMessage());
        }
    }
}
