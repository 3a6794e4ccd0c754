package dev.rustnet.component;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of a component's configuration with their types and ranges. Everything else in its subtree is an unknown key,
 * which is an error. The key {@code enabled} needs no mention. Defaults stand in the jar's {@code reference.conf}. A
 * key without a default there has no value unless the user gives one, which is no error: {@code config.hasPath(key)} tells.
 */
public final class Settings {
    /** One key. */
    public sealed interface Setting {
        String key();
    }

    /**
     * @param min the shortest duration allowed
     * @param max the longest
     */
    public record DurationSetting(String key, Duration min, Duration max) implements Setting {}

    /**
     * @param min the smallest size allowed, in bytes
     * @param max the largest
     */
    public record SizeSetting(String key, long min, long max) implements Setting {}

    /**
     * @param min the smallest number allowed
     * @param max the largest
     */
    public record NumberSetting(String key, long min, long max) implements Setting {}

    /** True or false. */
    public record SwitchSetting(String key) implements Setting {}

    /** @param values all that are allowed */
    public record ChoiceSetting(String key, List<String> values) implements Setting {
        public ChoiceSetting {
            values = List.copyOf(values);
        }
    }

    /** Any text. */
    public record TextSetting(String key) implements Setting {}

    private static final Settings NONE = new Settings(List.of());

    private final List<Setting> all;

    private Settings(List<Setting> all) {
        this.all = all;
    }

    /** No keys at all. */
    public static Settings none() {
        return NONE;
    }

    /** A duration such as {@code 5s}, from {@code min} to {@code max}. */
    public Settings duration(String key, Duration min, Duration max) {
        return with(new DurationSetting(key, min, max));
    }

    /** A size in bytes such as {@code 4MiB}, from {@code min} to {@code max}. */
    public Settings size(String key, long min, long max) {
        return with(new SizeSetting(key, min, max));
    }

    /** A whole number from {@code min} to {@code max}. */
    public Settings number(String key, long min, long max) {
        return with(new NumberSetting(key, min, max));
    }

    /** True or false. */
    public Settings onOff(String key) {
        return with(new SwitchSetting(key));
    }

    /** One of {@code values}. */
    public Settings choice(String key, String... values) {
        return with(new ChoiceSetting(key, List.of(values)));
    }

    /** Any text. */
    public Settings text(String key) {
        return with(new TextSetting(key));
    }

    /** All keys, in the order of their declaration. */
    public List<Setting> all() {
        return all;
    }

    private Settings with(Setting setting) {
        List<Setting> more = new ArrayList<>(all);
        more.add(setting);
        return new Settings(List.copyOf(more));
    }
}
