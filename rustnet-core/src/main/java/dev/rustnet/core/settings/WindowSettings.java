package dev.rustnet.core.settings;

import com.typesafe.config.Config;
import dev.rustnet.component.Settings;
import dev.rustnet.core.log.BroadcastLogs.DeliverOn;
import dev.rustnet.core.log.BroadcastLogs.Window;

/** The bounds of a broadcast, and where its handlers are called: in {@code rustnet.broadcast} for all, in a component's own subtree for one. */
public final class WindowSettings {
    /** The keys of {@code rustnet.broadcast}; known without mention in every component that may open a broadcast log. */
    static final Settings SETTINGS = addTo(Settings.none()).size("memory", 1 << 16, 1L << 40);

    private WindowSettings() {}

    /** Those settings and the keys of a window. */
    public static Settings addTo(Settings settings) {
        return settings.size("window-bytes", 1024, 1L << 30)
                .number("window-messages", 1, 1 << 20)
                .choice("deliver-on", "loop", "thread");
    }

    /** The window of all broadcasts: no more than one member's share of the memory. */
    static Window shared(Config all, int members) {
        Window window = read(all, new Window(0, 0));
        long share = Math.max(1, all.getBytes("memory") / members);
        return new Window((int) Math.min(window.windowBytes(), share), window.windowMessages());
    }

    /** Where {@code own} wants handlers to be called; as in {@code otherwise} when it does not say. */
    public static DeliverOn deliverOn(Config own, DeliverOn otherwise) {
        if (!own.hasPath("deliver-on")) {
            return otherwise;
        }
        return own.getString("deliver-on").equals("thread") ? DeliverOn.THREAD : DeliverOn.LOOP;
    }

    /** The window that {@code own} asks for; what it does not say is as in {@code otherwise}. */
    public static Window read(Config own, Window otherwise) {
        return new Window(
                own.hasPath("window-bytes") ? Math.toIntExact(own.getBytes("window-bytes")) : otherwise.windowBytes(),
                own.hasPath("window-messages") ? own.getInt("window-messages") : otherwise.windowMessages());
    }
}
