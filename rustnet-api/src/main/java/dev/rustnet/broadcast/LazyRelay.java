package dev.rustnet.broadcast;

import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rule of lazy relay, for broadcast algorithms that bring a message to every correct process although its source
 * crashed or cannot reach some of them. It decides which sources' messages this process sends on to whom:
 *
 * <ul>
 *   <li>from the suspicion, crash or leave of a source on: its messages, to everybody;
 *   <li>after a suspicion was taken back: until the receiver holds all that was received here by then;
 *   <li>whoever the source is: to a receiver that has lacked the same message for longer than {@code patience} (the link
 *       between the two may be dead), until it has caught up, or for ten times {@code patience}, after which the link is
 *       given another try.
 * </ul>
 *
 * <p>What is sent is only what the receiver lacks; {@link BroadcastLog#send} sees to that. Used on the loop; the
 * algorithm passes its own events on. Source: CGR algorithm 3.2, Lazy Reliable Broadcast, with gaps added.
 */
public final class LazyRelay implements FailureDetector.SuspicionListener {
    private static final int LONGEST_RELAY_IN_PATIENCES = 10;

    // Injected
    private final BroadcastLog log;
    private final GroupMembership membership;
    private final Clock clock;
    private final long patienceNanos;

    // State
    private final Set<ProcessId> suspects = new HashSet<>();
    private boolean[] suspected = new boolean[0];
    private Gap[][] gaps = new Gap[0][0];

    /** What one receiver lacks of one source. */
    private static final class Gap {
        /** What the receiver held when the clock of its patience last started, and when that was. */
        private long heldBefore;

        private long sinceNanos;

        /** While relaying: the number up to which the receiver must hold the source's messages for it to end. */
        private long endsAt;
    }

    /** @param patience how long a receiver may lack a message before others help; the failure detector's timeout */
    public LazyRelay(BroadcastLog log, GroupMembership membership, Clock clock, Duration patience) {
        this.log = log;
        this.membership = membership;
        this.clock = clock;
        this.patienceNanos = patience.toNanos();
    }

    /** Call it in {@link BroadcastProtocol#viewInstalled}. */
    public void viewInstalled(View view) {
        int size = view.size();
        suspected = new boolean[size];
        gaps = new Gap[size][size];
        for (Gap[] ofReceiver : gaps) {
            for (int source = 0; source < size; source++) {
                ofReceiver[source] = new Gap();
                ofReceiver[source].sinceNanos = clock.nanos();
            }
        }
        List.copyOf(suspects).forEach(this::suspect);
        for (int source = 0; source < size; source++) {
            if (log.removed(source)) {
                relayToAll(source);
            }
        }
    }

    /** Whether the member of that rank is suspected now. */
    public boolean suspected(int rank) {
        return suspected[rank];
    }

    @Override
    public void suspect(ProcessId process) {
        suspects.removeIf(
                former -> former.name().equals(process.name()) && former.incarnation() < process.incarnation());
        suspects.add(process);
        int rank = rank(process);
        if (rank >= 0) {
            suspected[rank] = true;
            relayToAll(rank);
        }
    }

    @Override
    public void restore(ProcessId process) {
        suspects.remove(process);
        int rank = rank(process);
        if (rank < 0) {
            return;
        }
        suspected[rank] = false;
        for (int receiver = 0; receiver < gaps.length; receiver++) {
            // Relaying ends once what the suspicion held up has arrived.
            gaps[receiver][rank].endsAt = log.received(rank);
            gaps[receiver][rank].sinceNanos = clock.nanos();
            endIfClosed(receiver, rank);
        }
    }

    /** Call it in {@link BroadcastProtocol#removed}: the source is gone, and cannot help anybody itself. */
    public void removed(int source) {
        relayToAll(source);
    }

    /** Call it in {@link BroadcastProtocol#acked}. */
    public void acked(int receiver, int source) {
        endIfClosed(receiver, source);
    }

    /** Looks for receivers that have lacked a message for too long. Call it a few times per patience. */
    public void checkGaps() {
        for (int receiver = 0; receiver < gaps.length; receiver++) {
            if (receiver == log.self() || log.removed(receiver)) {
                continue;
            }
            // Who cannot be reached cannot be helped: its patience begins when it is back.
            boolean reachable =
                    !suspected[receiver] && membership.process(receiver).known();
            for (int source = 0; source < gaps.length; source++) {
                if (source == log.self() || source == receiver) {
                    continue;
                }
                if (reachable) {
                    checkGap(receiver, source);
                } else {
                    restart(gaps[receiver][source], log.acked(receiver, source));
                }
            }
        }
    }

    private void checkGap(int receiver, int source) {
        Gap gap = gaps[receiver][source];
        long held = log.acked(receiver, source);
        if (log.sending(source, receiver)) {
            boolean forOnesSake = !suspected[source] && !log.removed(source);
            if (forOnesSake && clock.nanos() - gap.sinceNanos > LONGEST_RELAY_IN_PATIENCES * patienceNanos) {
                log.stopSending(source, receiver);
                restart(gap, held);
            }
        } else if (held >= log.received(source) || held != gap.heldBefore) {
            restart(gap, held);
        } else if (clock.nanos() - gap.sinceNanos > patienceNanos) {
            gap.endsAt = log.received(source);
            gap.sinceNanos = clock.nanos();
            log.send(source, receiver);
        }
    }

    private void endIfClosed(int receiver, int source) {
        if (source != log.self()
                && !suspected[source]
                && !log.removed(source)
                && log.sending(source, receiver)
                && log.acked(receiver, source) >= gaps[receiver][source].endsAt) {
            log.stopSending(source, receiver);
            restart(gaps[receiver][source], log.acked(receiver, source));
        }
    }

    private void restart(Gap gap, long held) {
        gap.heldBefore = held;
        gap.sinceNanos = clock.nanos();
    }

    private void relayToAll(int source) {
        for (int receiver = 0; source != log.self() && receiver < gaps.length; receiver++) {
            if (receiver != source && receiver != log.self()) {
                log.send(source, receiver);
            }
        }
    }

    private int rank(ProcessId process) {
        return gaps.length == 0 ? -1 : log.view().rank(process);
    }
}
