package dev.rustnet.core.plan;

import java.net.URL;
import java.security.CodeSource;

/** Names jars and class folders for reports, short and without what differs from machine to machine. */
public final class Jars {
    private static final int FOLDER_PARTS = 3;

    private Jars() {}

    /** The jar that holds a class, such as {@code rustnet-failure-detector-0.1.0.jar}, or its class folder. */
    public static String of(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null ? "the JDK" : of(source.getLocation());
    }

    /** The jar or folder at that place; a resource in it is shown as {@code x.jar!/reference.conf}. */
    public static String of(URL place) {
        String path = place.getPath();
        int inside = path.indexOf("!/");
        String outer = inside < 0 ? path : path.substring(0, inside);
        String resource = inside < 0 ? "" : path.substring(inside);
        if (outer.endsWith(".jar")) {
            return lastParts(outer, 1) + resource;
        }
        // A file in a class folder stands one level deeper than the folder.
        return lastParts(outer, outer.endsWith("/") ? FOLDER_PARTS : FOLDER_PARTS + 1);
    }

    private static String lastParts(String path, int count) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        int from = trimmed.length();
        for (int i = 0; i < count && from > 0; i++) {
            from = trimmed.lastIndexOf('/', from - 1);
        }
        return trimmed.substring(from + 1);
    }
}
