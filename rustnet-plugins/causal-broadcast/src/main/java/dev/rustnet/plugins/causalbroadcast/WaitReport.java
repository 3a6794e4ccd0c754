package dev.rustnet.plugins.causalbroadcast;

import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.MessageId;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/** Says in one line for which message another one has been waiting for too long: once for each message held back. */
final class WaitReport {
    // Injected
    private final WaitingCausalBroadcast protocol;
    private final BroadcastLog log;
    private final GroupMembership membership;
    private final Clock clock;
    private final long afterNanos;
    private final Consumer<String> report;

    // State, by rank: the message at the head, since when it is there, and the last one reported
    private long[] heads = new long[0];
    private long[] sinceNanos = new long[0];
    private long[] reported = new long[0];
    private long view;

    /** @param after how long a message may wait before that is worth a line */
    WaitReport(
            WaitingCausalBroadcast protocol,
            BroadcastLog log,
            GroupMembership membership,
            Clock clock,
            Duration after,
            Consumer<String> report) {
        this.protocol = protocol;
        this.log = log;
        this.membership = membership;
        this.clock = clock;
        this.afterNanos = after.toNanos();
        this.report = report;
    }

    /** Called a few times in the time that a message may wait. */
    void check() {
        int size = log.view().size();
        long now = clock.nanos();
        if (heads.length != size || view != log.view().number()) {
            view = log.view().number();
            heads = new long[size];
            reported = new long[size];
            sinceNanos = new long[size];
            Arrays.fill(sinceNanos, now);
        }
        for (int source = 0; source < size; source++) {
            long head = protocol.waiting(source) ? log.delivered(source) + 1 : 0;
            if (head != heads[source]) {
                heads[source] = head;
                sinceNanos[source] = now;
            } else if (head != 0 && head != reported[source] && now - sinceNanos[source] > afterNanos) {
                reported[source] = head;
                report.accept(sentence(source, head));
            }
        }
    }

    private String sentence(int source, long head) {
        int awaited = protocol.awaited(source);
        String what = "message " + new MessageId(membership.process(source), head);
        long number = protocol.awaitedNumber(source, awaited);
        String state =
                log.received(awaited) < number ? "which has not arrived" : "which is not sure enough to be delivered";
        return what + " waits for " + new MessageId(membership.process(awaited), number) + ", " + state;
    }
}
