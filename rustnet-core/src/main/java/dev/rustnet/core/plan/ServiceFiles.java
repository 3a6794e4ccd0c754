package dev.rustnet.core.plan;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Finds the lines of provider-configuration files that an error is about: ServiceLoader does not say which file it read. */
final class ServiceFiles {
    private ServiceFiles() {}

    /** Places, jar and line, of the providers of {@code service} whose class name stands in {@code message}. */
    static List<String> mentions(ClassLoader loader, Class<?> service, String message) {
        List<String> places = new ArrayList<>();
        try {
            for (URL file : Collections.list(loader.getResources("META-INF/services/" + service.getName()))) {
                List<String> lines = lines(file);
                for (int i = 0; i < lines.size(); i++) {
                    String provider = lines.get(i).replaceFirst("#.*", "").trim();
                    if (!provider.isEmpty() && message.contains(provider)) {
                        places.add(Jars.of(file) + ":" + (i + 1));
                    }
                }
            }
        } catch (IOException e) {
            // The report stands without the place; ServiceLoader's own words name the file when it cannot be read.
        }
        return places;
    }

    private static List<String> lines(URL file) throws IOException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(file.openStream(), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
