package dev.rustnet.core.log;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The channels of one log, by name for applications and by wire name for deliveries. Any thread may open one. */
final class ChannelTable {
    private static final int MAX_NAME = 64;

    // State
    private final Map<String, BroadcastChannel> byName = new ConcurrentHashMap<>();
    private final Map<Integer, BroadcastChannel> byWireName = new ConcurrentHashMap<>();
    private @Nullable BroadcastChannel last;

    BroadcastChannel open(RetainedBroadcastLog log, String name) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "the name of a channel has 1 to " + MAX_NAME + " characters, not \"" + name + "\"");
        }
        return byName.computeIfAbsent(name, unused -> {
            BroadcastChannel channel = new BroadcastChannel(log, name);
            BroadcastChannel other = byWireName.putIfAbsent(channel.wireName(), channel);
            if (other != null) {
                throw new IllegalArgumentException("the channels " + other.name() + " and " + name
                        + " have the same name on the wire; rename one of them");
            }
            return channel;
        });
    }

    /** All of them, by name. */
    List<BroadcastChannel> all() {
        return List.copyOf(new TreeMap<>(byName).values());
    }

    /** The channel of that wire name; on the loop. */
    @Nullable
    BroadcastChannel find(int wireName) {
        BroadcastChannel recent = last;
        if (recent != null && recent.wireName() == wireName) {
            return recent;
        }
        last = byWireName.get(wireName);
        return last;
    }
}
