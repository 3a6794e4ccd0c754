package dev.rustnet.core.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import dev.rustnet.core.plan.Jars;
import java.util.TreeMap;

/** Says where a value of the configuration comes from: {@code node.conf:3}. */
public final class Origins {
    private Origins() {}

    /** The place of the value at {@code path}, or of the nearest object around it. */
    public static String of(Config config, String path) {
        return config.hasPathOrNull(path) && !config.getIsNull(path)
                ? of(firstSaid(config.getValue(path)).origin())
                : of(config.origin());
    }

    /** A block that arose from single settings, such as {@code --set} makes, has no place of its own: that of one of them. */
    private static ConfigValue firstSaid(ConfigValue value) {
        ConfigValue said = value;
        while (said instanceof ConfigObject block
                && !block.isEmpty()
                && block.origin().description().startsWith("withValue(")) {
            said = new TreeMap<>(block).firstEntry().getValue();
        }
        return said;
    }

    /** File and line; the jar for what is in one; the builder's method for what was said in code. */
    public static String of(ConfigOrigin origin) {
        String line = origin.lineNumber() > 0 ? ":" + origin.lineNumber() : "";
        if (origin.url() != null
                && (origin.filename() == null || origin.filename().endsWith("/reference.conf"))) {
            return Jars.of(origin.url()) + line;
        }
        if (origin.filename() != null) {
            return origin.filename() + line;
        }
        String description = origin.description();
        int suffix = description.lastIndexOf(": " + origin.lineNumber());
        return (suffix < 0 ? description : description.substring(0, suffix)) + line;
    }

    /** The value as one would write it. */
    public static String render(ConfigValue value) {
        return value.render(ConfigRenderOptions.concise());
    }

    /** What Typesafe Config says, without the place that it puts in front. */
    static String sentence(ConfigException e) {
        String message = String.valueOf(e.getMessage());
        ConfigOrigin origin = e.origin();
        String prefix = origin == null ? "" : origin.description() + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }
}
