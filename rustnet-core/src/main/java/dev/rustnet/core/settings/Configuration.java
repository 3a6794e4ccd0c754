package dev.rustnet.core.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.core.plan.StartException;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a node is told, over the {@code reference.conf} of every jar on its class path.
 *
 * @param effective all of it, resolved; every value knows its origin
 * @param told what the user said, without the defaults
 * @param reference the defaults of all jars
 */
public record Configuration(Config effective, Config told, Config reference) {
    private static final String ROOT = "rustnet";
    private static final String COMPONENTS = "rustnet.components";

    /**
     * Reads a HOCON file. System properties such as {@code -Drustnet.node.bind=...} override it, and with
     * {@code -Dconfig.override_with_env_vars=true} the environment ({@code CONFIG_FORCE_...}); {@code ${?NAME}} in the file
     * stands for the environment, as everywhere in Typesafe Config.
     *
     * @throws StartException when it cannot be read, or has no block {@code rustnet}
     */
    public static Config file(Path file) {
        try {
            Config parsed = ConfigurationFile.read(file, ROOT);
            return overrides(parsed).withFallback(parsed);
        } catch (ConfigException e) {
            throw new StartException(List.of(unreadable(e)), e);
        }
    }

    /** Only sections that the core or the file has: other properties of that prefix are not about a node. */
    private static Config overrides(Config parsed) {
        Config all = ConfigFactory.defaultOverrides();
        Config kept = ConfigFactory.empty();
        Set<String> sections = new TreeSet<>(List.of("node", "peers", "services", "broadcast", "link", "components"));
        sections.add("transport");
        if (parsed.hasPath(ROOT) && parsed.getValue(ROOT).valueType() == ConfigValueType.OBJECT) {
            sections.addAll(parsed.getObject(ROOT).keySet());
        }
        for (String section : sections) {
            String path = ConfigUtil.joinPath(ROOT, section);
            if (all.hasPath(path)) {
                kept = kept.withValue(path, all.getValue(path));
            }
        }
        return kept;
    }

    /**
     * Lays what the user said over the defaults of the jars.
     *
     * @throws StartException when a reference.conf cannot be read, a substitution names nothing, or {@code rustnet} is not
     *     a block
     */
    public static Configuration of(Config told, ClassLoader loader) {
        ConfigValue root = told.root().get(ROOT);
        if (root != null && root.valueType() != ConfigValueType.OBJECT) {
            throw new StartException(List.of(Problem.of(
                            ProblemCode.BAD_VALUE, Origins.of(root.origin()) + ": " + ROOT + " is not a block of keys.")
                    .fix("write " + ROOT + " { ... }")));
        }
        try {
            Config reference = ConfigFactory.empty();
            for (URL url : Collections.list(loader.getResources("reference.conf"))) {
                reference = reference.withFallback(only(ConfigFactory.parseURL(url)));
            }
            Config all = told.withFallback(reference).resolve();
            return new Configuration(only(all), only(told.resolveWith(all)), only(reference.resolveWith(all)));
        } catch (ConfigException e) {
            throw new StartException(List.of(unreadable(e)), e);
        } catch (IOException e) {
            throw new StartException(
                    List.of(Problem.of(
                            ProblemCode.UNREADABLE_CONFIG,
                            "the reference.conf files cannot be read: " + e.getMessage())),
                    e);
        }
    }

    private static Config only(Config config) {
        return config.hasPath(ROOT) ? config.withOnlyPath(ROOT) : ConfigFactory.empty();
    }

    /** The names under which something is said of a component, or a default stands. */
    public Set<String> componentNames() {
        return new TreeSet<>(subtree(effective, COMPONENTS).root().keySet());
    }

    /** The names under which the user said something of a component. */
    public Set<String> toldComponentNames() {
        return new TreeSet<>(subtree(told, COMPONENTS).root().keySet());
    }

    /** The subtree of a component: what is said of it over its defaults; empty when nothing is. */
    public Config component(String name) {
        return subtree(effective, ConfigUtil.joinPath(ROOT, "components", name));
    }

    /** The defaults of a component alone. */
    public Config componentDefaults(String name) {
        return subtree(reference, ConfigUtil.joinPath(ROOT, "components", name));
    }

    /** The subtree of a transport. */
    public Config transport(String name) {
        return subtree(effective, ConfigUtil.joinPath(ROOT, "transport", name));
    }

    private static Config subtree(Config from, String path) {
        return from.hasPath(path) && from.getValue(path).valueType() == ConfigValueType.OBJECT
                ? from.getConfig(path)
                : ConfigFactory.empty();
    }

    /** Keys that nobody knows, except inside the core's own sections and those of components. */
    public List<Problem> unknownSections() {
        List<Problem> problems = new ArrayList<>();
        if (!told.hasPath(ROOT)) {
            return problems;
        }
        ConfigObject root = told.getObject(ROOT);
        Set<String> known = new TreeSet<>(reference.getObject(ROOT).keySet());
        for (Map.Entry<String, ConfigValue> entry : root.entrySet()) {
            String section = entry.getKey();
            if (!known.contains(section)) {
                problems.add(SettingsCheck.unknownKey(ROOT, section, entry.getValue(), known));
            } else if (!section.equals("components")
                    && !section.equals("services")
                    && NodeSettingsReader.section(section).isEmpty()
                    && entry.getValue() instanceof ConfigObject object) {
                checkAgainstReference(ROOT + "." + section, object, problems);
            }
        }
        return problems;
    }

    /** A section whose owner declares no settings: its keys are those that stand in a reference.conf. */
    private void checkAgainstReference(String path, ConfigObject section, List<Problem> problems) {
        ConfigObject known = subtree(reference, path).root();
        for (Map.Entry<String, ConfigValue> entry : new TreeMap<>(section).entrySet()) {
            String key = entry.getKey();
            if (!known.containsKey(key)) {
                problems.add(SettingsCheck.unknownKey(path, key, entry.getValue(), known.keySet()));
            } else if (known.get(key) instanceof ConfigObject && entry.getValue() instanceof ConfigObject object) {
                checkAgainstReference(path + "." + ConfigUtil.joinPath(key), object, problems);
            }
        }
    }

    /** Whether a key of that transport is one of those that {@link #unknownSections} reports. */
    public boolean unknownToTransport(String transport, String key) {
        return transportHas(transport, key, told) && !transportHas(transport, key, reference);
    }

    private static boolean transportHas(String transport, String key, Config config) {
        return subtree(config, ConfigUtil.joinPath(ROOT, "transport", transport))
                .root()
                .containsKey(key);
    }

    private static Problem unreadable(ConfigException e) {
        String place = e.origin() == null ? "" : Origins.of(e.origin()) + ": ";
        return Problem.of(ProblemCode.UNREADABLE_CONFIG, place + Origins.sentence(e))
                .fix("the configuration is HOCON: check the place and the syntax there");
    }
}
