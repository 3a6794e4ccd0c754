package dev.rustnet.core.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.rustnet.component.Settings;
import dev.rustnet.component.Settings.ChoiceSetting;
import dev.rustnet.component.Settings.DurationSetting;
import dev.rustnet.component.Settings.NumberSetting;
import dev.rustnet.component.Settings.Setting;
import dev.rustnet.component.Settings.SizeSetting;
import dev.rustnet.component.Settings.SwitchSetting;
import dev.rustnet.component.Settings.TextSetting;
import dev.rustnet.core.plan.Problem;
import dev.rustnet.core.plan.ProblemCode;
import dev.rustnet.core.plan.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks one subtree of the configuration against the keys that are known there. */
public final class SettingsCheck {
    // Injected
    private final Config subtree;
    private final String path;

    // State
    private final List<Problem> problems = new ArrayList<>();

    private SettingsCheck(Config subtree, String path) {
        this.subtree = subtree;
        this.path = path;
    }

    /**
     * All that is wrong.
     *
     * @param subtree what stands at {@code path}
     * @param path for the report
     * @param settings the keys known there
     */
    public static List<Problem> check(Config subtree, String path, Settings settings) {
        SettingsCheck check = new SettingsCheck(subtree, path);
        check.run(settings);
        return check.problems;
    }

    /** The problem of a key that nobody knows. */
    public static Problem unknownKey(String path, String key, ConfigValue value, Collection<String> known) {
        Problem problem = Problem.of(
                ProblemCode.UNKNOWN_KEY,
                Origins.of(value.origin()) + ": nobody knows the key " + path + "." + key + ".");
        return Suggestion.nearest(key, known)
                .map(nearest -> problem.fix("did you mean \"" + nearest + "\"?"))
                .orElseGet(() -> problem.fix(
                        known.isEmpty()
                                ? "remove it: there are no keys here"
                                : "remove it; the keys here are " + String.join(", ", known)));
    }

    private void run(Settings settings) {
        Map<String, Setting> known = new LinkedHashMap<>();
        settings.all().forEach(setting -> known.put(setting.key(), setting));
        subtree.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            String key = String.join(".", ConfigUtil.splitPath(entry.getKey()));
            if (!known.containsKey(key)) {
                problems.add(unknownKey(path, key, entry.getValue(), known.keySet()));
            }
        });
        for (Setting setting : known.values()) {
            if (subtree.hasPath(setting.key())) {
                check(setting);
            }
        }
    }

    private void check(Setting setting) {
        String expected = expected(setting);
        try {
            if (!inRange(setting)) {
                problems.add(problem(ProblemCode.OUT_OF_RANGE, setting, "is out of range", expected));
            }
        } catch (ConfigException e) {
            problems.add(problem(ProblemCode.BAD_VALUE, setting, "is not " + kind(setting), expected));
        }
    }

    private boolean inRange(Setting setting) {
        String key = setting.key();
        if (setting instanceof DurationSetting duration) {
            Duration value = subtree.getDuration(key);
            return value.compareTo(duration.min()) >= 0 && value.compareTo(duration.max()) <= 0;
        }
        if (setting instanceof SizeSetting size) {
            return within(subtree.getBytes(key), size.min(), size.max());
        }
        if (setting instanceof NumberSetting number) {
            double value = subtree.getDouble(key);
            if (value != Math.rint(value)) {
                throw new ConfigException.BadValue(key, "not whole");
            }
            return within(subtree.getLong(key), number.min(), number.max());
        }
        if (setting instanceof SwitchSetting) {
            subtree.getBoolean(key);
            return true;
        }
        if (setting instanceof ChoiceSetting choice) {
            if (!choice.values().contains(subtree.getString(key))) {
                throw new ConfigException.BadValue(key, "none of them");
            }
            return true;
        }
        subtree.getString(key);
        return true;
    }

    private static boolean within(long value, long min, long max) {
        return value >= min && value <= max;
    }

    private Problem problem(ProblemCode code, Setting setting, String what, String expected) {
        ConfigValue value = subtree.getValue(setting.key());
        Problem problem = Problem.of(
                        code,
                        Origins.of(value.origin()) + ": " + path + "." + setting.key() + " = " + Origins.render(value)
                                + " " + what + ".")
                .fix("give " + expected);
        if (setting instanceof DurationSetting && value.valueType() == ConfigValueType.NUMBER) {
            return problem.with("note", "a number without a unit counts in milliseconds");
        }
        if (setting instanceof ChoiceSetting choice) {
            return Suggestion.nearest(String.valueOf(value.unwrapped()), choice.values())
                    .map(nearest -> problem.with("note", "did you mean \"" + nearest + "\"?"))
                    .orElse(problem);
        }
        return problem;
    }

    private static String kind(Setting setting) {
        if (setting instanceof DurationSetting) {
            return "a duration";
        }
        if (setting instanceof SizeSetting) {
            return "a size";
        }
        if (setting instanceof NumberSetting) {
            return "a whole number";
        }
        if (setting instanceof SwitchSetting) {
            return "true or false";
        }
        return setting instanceof TextSetting ? "a text" : "one of the choices";
    }

    private static String expected(Setting setting) {
        if (setting instanceof DurationSetting duration) {
            return "a duration from " + Units.of(duration.min()) + " to " + Units.of(duration.max());
        }
        if (setting instanceof SizeSetting size) {
            return "a size from " + Units.ofBytes(size.min()) + " to " + Units.ofBytes(size.max());
        }
        if (setting instanceof NumberSetting number) {
            return "a whole number from " + number.min() + " to " + number.max();
        }
        if (setting instanceof ChoiceSetting choice) {
            return "one of " + String.join(", ", choice.values());
        }
        return kind(setting);
    }
}
