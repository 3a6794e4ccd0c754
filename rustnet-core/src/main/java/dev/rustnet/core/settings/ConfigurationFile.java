package dev.rustnet.core.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.core.plan.StartException;
import dev.rustnet.core.plan.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** Reads a file of the user's: what is wrong with the file itself is said in other words than an error in its syntax. */
final class ConfigurationFile {
    private ConfigurationFile() {}

    /**
     * What stands in {@code file}; other root keys beside {@code root} are the business of whoever shares the file.
     *
     * @throws StartException when it cannot be read, or has nothing under {@code root}
     * @throws com.typesafe.config.ConfigException when it is not HOCON
     */
    static Config read(Path file, String root) {
        if (!Files.exists(file)) {
            throw unreadable(
                    file + ": there is no such file.",
                    "correct the path; it is looked for from " + Path.of("").toAbsolutePath());
        }
        if (Files.isDirectory(file)) {
            throw unreadable(file + " is a directory.", "name the configuration file in it");
        }
        if (!Files.isReadable(file)) {
            throw unreadable(
                    file + " may not be read by this user.", "give the user of this process the right to read it");
        }
        Config parsed = ConfigFactory.parseFile(
                file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
        if (!parsed.root().containsKey(root)) {
            throw new StartException(List.of(withoutRoot(file, parsed, root)));
        }
        return parsed;
    }

    private static StartException unreadable(String sentence, String fix) {
        return new StartException(
                List.of(Problem.of(ProblemCode.UNREADABLE_CONFIG, sentence).fix(fix)));
    }

    private static Problem withoutRoot(Path file, Config parsed, String root) {
        Problem problem = Problem.of(
                ProblemCode.UNKNOWN_KEY,
                file + ": nothing in this file is for rustnet: it has no block \"" + root + "\".");
        TreeSet<String> keys = new TreeSet<>(parsed.root().keySet());
        return Suggestion.nearest(root, keys)
                .map(nearest -> problem.fix("did you mean \"" + root + "\" where \"" + nearest + "\" stands ("
                        + Origins.of(parsed.root().toConfig(), nearest) + ")?"))
                .orElseGet(() -> problem.fix("write " + root + " { ... } around the settings"));
    }
}
