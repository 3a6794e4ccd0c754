package dev.rustnet.core.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares the payloads of two processes, as {@link PayloadTable#agreement} words them. They can read each other exactly when
 * both register the same names, each for classes with the same fields; what the classes are called does not matter. Pure.
 */
public final class PayloadAgreement {
    private static final String PREFIX = "payload \"";

    private PayloadAgreement() {}

    static String key(String name) {
        return PREFIX + name + '"';
    }

    /** Whether that agreed setting is a payload, which this class compares. */
    public static boolean covers(String key) {
        return key.startsWith(PREFIX);
    }

    /**
     * What differs: each payload by its name, with the classes of both sides.
     *
     * @param here all agreed settings of one process, called {@code us}
     * @param there those of the other, called {@code them}
     */
    public static List<String> differences(
            SortedMap<String, String> here, String us, SortedMap<String, String> there, String them) {
        SortedSet<String> keys = new TreeSet<>(here.keySet());
        keys.addAll(there.keySet());
        List<String> parts = new ArrayList<>();
        for (String key : keys) {
            String ours = here.get(key);
            String theirs = there.get(key);
            if (covers(key) && !digest(ours).equals(digest(theirs))) {
                parts.add("the " + key + " is " + text(ours) + " at " + us + " and " + text(theirs) + " at " + them);
            }
        }
        return parts;
    }

    private static String digest(@Nullable String value) {
        return value == null ? "" : value.substring(0, Math.max(0, value.indexOf(' ')));
    }

    private static String text(@Nullable String value) {
        return value == null ? "not registered" : value.substring(value.indexOf(' ') + 1);
    }
}
