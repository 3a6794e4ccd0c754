package dev.rustnet.plugins.groupmembership;

import dev.rustnet.group.ProcessId;
import dev.rustnet.link.PerfectLinks;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Sends state messages over perfect links in order. What must arrive waits here for room, and a newer message takes the place of
 * one that waits and that it makes meaningless, so that a few wait for each process at most; parts of a state never wait here.
 */
final class StatePost {
    // Injected
    private final PerfectLinks links;
    private final StateCodec codec;
    private final Runnable onRoom;

    // State
    private final Map<ProcessId, ArrayDeque<StateMessage>> waiting = new HashMap<>();
    private boolean roomAwaited;

    /** @param onRoom called when {@link #trySend} that failed may succeed */
    StatePost(PerfectLinks links, StateCodec codec, Runnable onRoom) {
        this.links = links;
        this.codec = codec;
        this.onRoom = onRoom;
    }

    /** Sends it, now or when there is room; to nobody when that incarnation counts no more. */
    void send(ProcessId to, StateMessage message) {
        ArrayDeque<StateMessage> queue = waiting.computeIfAbsent(to, unused -> new ArrayDeque<>());
        queue.removeIf(old -> old.getClass() == message.getClass());
        queue.add(message);
        flush(to, queue);
    }

    /**
     * Sends it now, or not at all.
     *
     * @return false when there is no room
     * @throws IllegalArgumentException when it is longer than a message may be
     */
    boolean trySend(ProcessId to, StateMessage message) {
        if (waiting.containsKey(to) || !links.trySend(to, codec.write(message))) {
            awaitRoom();
            return false;
        }
        return true;
    }

    private void flush(ProcessId to, ArrayDeque<StateMessage> queue) {
        while (!queue.isEmpty()) {
            try {
                if (!links.trySend(to, codec.write(queue.element()))) {
                    awaitRoom();
                    return;
                }
                queue.remove();
            } catch (IllegalArgumentException e) {
                // Another incarnation of it is here: this one reads nothing any more.
                queue.clear();
            }
        }
        waiting.remove(to);
    }

    private void awaitRoom() {
        if (!roomAwaited) {
            roomAwaited = true;
            links.onWindowOpen(() -> {
                roomAwaited = false;
                Map.copyOf(waiting).forEach(this::flush);
                onRoom.run();
            });
        }
    }
}
