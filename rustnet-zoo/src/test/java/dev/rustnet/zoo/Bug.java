package dev.rustnet.zoo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One animal of the zoo. Its file begins with what there is to say about it, and goes on with a diff that {@code git apply}
 * takes, too.
 *
 * @param name of the file, without its ending
 * @param title in a few words
 * @param of the protocol that is wrong
 * @param breaks the property that it breaks, by its short name; or {@link #NEVER_RESTS}
 * @param scenario the name of the {@link Scenario} that finds it
 * @param what is wrong
 * @param why that breaks the property
 * @param diff over the real sources
 */
record Bug(
        String name, String title, String of, String breaks, Scenario scenario, String what, String why, String diff) {
    /** Breaks no property, but the run never comes to rest: somebody waits for ever. */
    static final String NEVER_RESTS = "progress";

    /** Breaks no property that is checked, but a correct process is made to stop. */
    static final String STOPS = "stops";

    private static final String DIFF = "--- a/";

    /** The project's root, whichever module's tests run. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("rustnet-zoo")) ? here : here.getParent();
    }

    /** All of them, by name. */
    static List<Bug> all() {
        try (Stream<Path> files = Files.list(root().resolve("rustnet-zoo/bugs"))) {
            return files.filter(file -> file.toString().endsWith(".diff"))
                    .sorted()
                    .map(Bug::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Bug named(String name) {
        return all().stream()
                .filter(bug -> bug.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no bug is called " + name + "; there are "
                        + all().stream().map(Bug::name).toList()));
    }

    Patch patch() {
        return Patch.parse(diff);
    }

    private static Bug read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = file.getFileName().toString().replaceAll("\\.diff$", "");
        int diffAt = text.indexOf("\n" + DIFF) + 1;
        if (diffAt == 0) {
            throw new IllegalArgumentException(name + " has no diff");
        }
        Map<String, String> said = new LinkedHashMap<>();
        String key = "";
        for (String line : text.substring(0, diffAt).split("\n")) {
            if (line.matches("[A-Z][a-z]+: .*")) {
                key = line.substring(0, line.indexOf(':'));
                said.put(key, line.substring(key.length() + 2));
            } else if (!line.isBlank()) {
                said.merge(key, line.strip(), (before, more) -> before + " " + more);
            }
        }
        if (!said.keySet()
                .equals(new java.util.LinkedHashSet<>(List.of("Title", "Of", "Breaks", "Scenario", "What", "Why")))) {
            throw new IllegalArgumentException(
                    name + " must say Title, Of, Breaks, Scenario, What and Why, and says " + said.keySet());
        }
        return new Bug(
                name,
                said.get("Title"),
                said.get("Of"),
                said.get("Breaks"),
                Scenario.named(said.get("Scenario")),
                said.get("What"),
                said.get("Why"),
                text.substring(diffAt));
    }
}
