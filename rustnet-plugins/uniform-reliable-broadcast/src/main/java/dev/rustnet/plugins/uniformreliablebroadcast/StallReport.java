package dev.rustnet.plugins.uniformreliablebroadcast;

import dev.rustnet.broadcast.BroadcastLog;
import dev.rustnet.broadcast.MessageId;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Says in one sentence for whose acknowledgements delivery has been waiting too long, and another one when it goes on.
 * Looks at the log now and then; never in the way of a message.
 */
final class StallReport {
    private static final int REPEAT_IN_PATIENCES = 12;

    // Injected
    private final BroadcastLog log;
    private final GroupMembership membership;
    private final CommitRule rule;
    private final IntPredicate suspected;
    private final Clock clock;
    private final long patienceNanos;
    private final Consumer<String> report;

    // State
    private long[] deliveredBefore = new long[0];
    private long[] sinceNanos = new long[0];
    private boolean reported;
    private long reportedNanos;

    /**
     * @param patience how long the oldest message of a source may be pending before that is worth a sentence
     * @param report takes the sentence, for a person to read
     */
    StallReport(
            BroadcastLog log,
            GroupMembership membership,
            CommitRule rule,
            IntPredicate suspected,
            Clock clock,
            Duration patience,
            Consumer<String> report) {
        this.log = log;
        this.membership = membership;
        this.rule = rule;
        this.suspected = suspected;
        this.clock = clock;
        this.patienceNanos = patience.toNanos();
        this.report = report;
    }

    /** Called a few times per patience. */
    void check() {
        int size = log.view().size();
        long now = clock.nanos();
        if (deliveredBefore.length != size) {
            deliveredBefore = new long[size];
            sinceNanos = new long[size];
            Arrays.fill(sinceNanos, now); // what is pending at the first look has not been pending for long
        }
        int stalled = -1;
        for (int source = 0; source < size; source++) {
            long delivered = log.delivered(source);
            if (delivered != deliveredBefore[source] || log.received(source) == delivered) {
                deliveredBefore[source] = delivered;
                sinceNanos[source] = now;
            } else if (now - sinceNanos[source] > patienceNanos
                    && (stalled < 0 || sinceNanos[source] < sinceNanos[stalled])) {
                stalled = source;
            }
        }
        if (stalled >= 0 && (!reported || now - reportedNanos > REPEAT_IN_PATIENCES * patienceNanos)) {
            reported = true;
            reportedNanos = now;
            report.accept(sentence(stalled));
        } else if (stalled < 0 && reported) {
            reported = false;
            report.accept("delivers again");
        }
    }

    private String sentence(int source) {
        long number = log.delivered(source) + 1;
        int needed = rule.needed(log, suspected);
        int held = 0;
        StringBuilder awaited = new StringBuilder();
        for (int process = 0; process < log.view().size(); process++) {
            if (log.acked(process, source) >= number) {
                held++;
            } else if (!log.removed(process)) {
                awaited.append(awaited.length() == 0 ? "" : ", ")
                        .append(membership.process(process))
                        .append(suspected.test(process) ? " (suspected)" : "");
            }
        }
        String whom = awaited.length() == 0
                ? "waits for more processes, but no more are left: message "
                : "waits for acknowledgements of " + awaited + ": message ";
        return whom
                + new MessageId(membership.process(source), number) + " is held by " + held
                + (held == 1 ? " process, " : " processes, ") + needed + " of "
                + log.view().size() + " needed";
    }
}
