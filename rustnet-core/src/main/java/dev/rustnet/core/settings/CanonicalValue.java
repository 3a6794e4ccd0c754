package dev.rustnet.core.settings;

import com.typesafe.config.Config;
import dev.rustnet.component.Settings;
import dev.rustnet.component.Settings.DurationSetting;
import dev.rustnet.component.Settings.NumberSetting;
import dev.rustnet.component.Settings.SizeSetting;
import dev.rustnet.component.Settings.SwitchSetting;

/** One way to write each value, so that two processes compare what they mean: 5s and 5000ms are the same. */
public final class CanonicalValue {
    private CanonicalValue() {}

    /** The value of {@code key}, which has been checked; "not set" when there is none. */
    public static String of(Config config, Settings settings, String key) {
        if (!config.hasPath(key)) {
            return "not set";
        }
        for (Settings.Setting setting : settings.all()) {
            if (setting.key().equals(key)) {
                return of(config, setting);
            }
        }
        return Origins.render(config.getValue(key));
    }

    private static String of(Config config, Settings.Setting setting) {
        String key = setting.key();
        if (setting instanceof DurationSetting) {
            return Units.of(config.getDuration(key));
        }
        if (setting instanceof SizeSetting) {
            return Units.ofBytes(config.getBytes(key));
        }
        if (setting instanceof NumberSetting) {
            return Long.toString(config.getLong(key));
        }
        return setting instanceof SwitchSetting ? Boolean.toString(config.getBoolean(key)) : config.getString(key);
    }
}
