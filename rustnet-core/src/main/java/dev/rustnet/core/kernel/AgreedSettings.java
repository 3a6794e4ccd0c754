package dev.rustnet.core.kernel;

import dev.rustnet.core.log.BroadcastLogs.Window;
import dev.rustnet.core.settings.CanonicalValue;
import dev.rustnet.core.settings.NodeSettings;
import dev.rustnet.core.settings.WindowSettings;
import dev.rustnet.group.GroupMembership;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings that must be the same at every process, by path: what the handshake compares. */
final class AgreedSettings {
    private AgreedSettings() {}

    static SortedMap<String, String> of(Plan plan) {
        NodeSettings settings = plan.settings();
        SortedMap<String, String> agreed = new TreeMap<>();
        agreed.put("rustnet.node.max-message-size", settings.maxMessageLength() + "B");
        agreed.putAll(plan.payloads().agreement());
        for (PlannedComponent component : plan.components()) {
            String path = "rustnet.components." + component.name() + ".";
            for (String key : component.descriptor().agreed()) {
                agreed.put(path + key, CanonicalValue.of(component.config(), component.settings(), key));
            }
            if (component.descriptor().requires().contains(GroupMembership.class)) {
                Window window = WindowSettings.read(component.config(), settings.window());
                agreed.put(path + "window-bytes", window.windowBytes() + "B");
                agreed.put(path + "window-messages", Integer.toString(window.windowMessages()));
            }
        }
        return agreed;
    }
}
