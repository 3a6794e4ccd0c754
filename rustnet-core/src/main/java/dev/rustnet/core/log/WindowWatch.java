package dev.rustnet.core.log;

import dev.rustnet.broadcast.PeerSlow;
import dev.rustnet.bus.TopicBus;
import dev.rustnet.group.ProcessId;
import java.util.TreeMap;

/**
 * Notices when broadcasts wait because some member does not consume, and says who it is: in a sentence for a person, again
 * and again, and in a {@link PeerSlow} notice when it begins and when it is over. On the loop.
 */
final class WindowWatch {
    // Injected
    private final RetainedBroadcastLog log;
    private final OwnBroadcasts own;
    private final TopicBus topics;
    private final System.Logger logger;

    // State
    private long consumedAtLastLook;
    /** By rank, those of whom a notice said that broadcasts wait for them, with the number that they had consumed. */
    private final TreeMap<Integer, Long> slow = new TreeMap<>();

    WindowWatch(RetainedBroadcastLog log, OwnBroadcasts own, LogParts parts) {
        this.log = log;
        this.own = own;
        this.topics = parts.topics();
        this.logger = parts.log();
    }

    /** Speaks up when broadcasts were refused or wait, and nothing has moved since the last call. At a steady pace. */
    void look() {
        long consumed = own.window().consumed();
        boolean stuck = own.takeWaiting() && consumed == consumedAtLastLook;
        consumedAtLastLook = consumed;
        if (stuck) {
            say(consumed);
        }
    }

    private void say(long consumed) {
        StringBuilder holders = new StringBuilder();
        AckMatrix matrix = log.matrix();
        for (int rank = 0; rank < matrix.size(); rank++) {
            if (!matrix.removed(rank) && matrix.consumed(rank, log.self()) == consumed) {
                ProcessId holder = log.processOf(rank);
                holders.append(holders.length() == 0 ? "" : ", ").append(holder);
                if (!holder.known()) {
                    holders.append(" (not joined yet)");
                }
                if (slow.putIfAbsent(rank, consumed) == null) {
                    publish(rank, consumed, true);
                }
            }
        }
        logger.log(
                System.Logger.Level.WARNING,
                log.component() + ": broadcasts wait, because the window is full: of this process's messages after "
                        + consumed + " none has been consumed by " + holders);
    }

    /** Another view: whoever was slow is out, or holds all of the view before. */
    void viewChanged() {
        slow.clear();
    }

    /** Some member has consumed messages of this process, or counts no more. */
    void moved() {
        if (slow.isEmpty()) {
            return;
        }
        AckMatrix matrix = log.matrix();
        slow.entrySet().removeIf(each -> {
            boolean over =
                    matrix.removed(each.getKey()) || matrix.consumed(each.getKey(), log.self()) > each.getValue();
            if (over) {
                publish(each.getKey(), each.getValue(), false);
            }
            return over;
        });
    }

    private void publish(int rank, long consumed, boolean waiting) {
        topics.publish(PeerSlow.TOPIC, new PeerSlow(log.component(), log.processOf(rank), consumed + 1, waiting));
    }
}
