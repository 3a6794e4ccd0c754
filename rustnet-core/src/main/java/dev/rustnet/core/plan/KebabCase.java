package dev.rustnet.core.plan;

import java.util.Locale;
import java.util.regex.Pattern;

/** How names of classes become names in the configuration: {@code GroupMembership} is {@code group-membership}. */
public final class KebabCase {
    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private KebabCase() {}

    /** The simple name of {@code type} in kebab-case. */
    public static String of(Class<?> type) {
        return of(type.getSimpleName());
    }

    /** A name of words that begin with capitals, in kebab-case. */
    public static String of(String camelCase) {
        return WORD_START.matcher(camelCase).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    /** Whether {@code name} is kebab-case. */
    public static boolean matches(String name) {
        return KEBAB.matcher(name).matches();
    }
}
