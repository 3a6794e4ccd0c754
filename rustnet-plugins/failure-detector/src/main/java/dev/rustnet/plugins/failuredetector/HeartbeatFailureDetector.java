package dev.rustnet.plugins.failuredetector;

import dev.rustnet.bus.Subscription;
import dev.rustnet.bus.TopicBus;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.time.Clock;
import dev.rustnet.time.Timers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Failure detection with heartbeats.
 *
 * <p>Properties: strong completeness (EPFD1) always; eventual strong accuracy (EPFD2) once delays and pauses stay below
 * the timeout. Where {@code assumeSynchrony} is set it announces crashes too: strong completeness (PFD1) always, strong
 * accuracy (PFD2) only as far as that assumption holds.
 *
 * <p>Assumptions: fair-loss links; a correct process beats each heartbeat interval. A crash is detected within {@link
 * #detectionBound}, counted in time during which the own process ran. Each process judges by what it hears itself: where
 * messages get lost one way only, the deaf side suspects.
 *
 * <p>With {@code neighbours} each process watches that many only: those that follow it in the order of the group, a ring, and
 * sends heartbeats to as many that precede it. Of the others it says nothing: strong completeness then holds at those
 * that watch, which is too little for algorithms that wait for whoever is not suspected.
 *
 * <p>Who has been met by one process is watched by all, as heartbeats say whom their sender has met. Who has been met by
 * nobody is merely late.
 *
 * <p>Complexity: n - 1 messages of up to 10 n bytes, at most 1 KiB, for each process and interval, or as many as it has
 * neighbours; any byte counts as life.
 *
 * <p>Source: CGR algorithms 2.5 (exclude on timeout) and 2.7 (increasing timeout, here a fixed one), with heartbeats
 * pushed instead of asked for.
 */
public final class HeartbeatFailureDetector implements FailureDetector, PerfectFailureDetector {
    private static final int CHECKS_PER_INTERVAL = 4;

    // Injected
    private final Group group;
    private final int self;
    private final FairLossLinks links;
    private final Clock clock;
    private final TopicBus topics;
    private final Duration heartbeatInterval;
    private final Duration timeout;
    private final boolean assumeSynchrony;
    private final int neighbours;

    // State
    private final long checkPeriodNanos;
    private final @Nullable Watched[] watched;
    private final List<SuspicionListener> suspicionListeners = new CopyOnWriteArrayList<>();
    private final List<CrashListener> crashListeners = new CopyOnWriteArrayList<>();
    private final Heartbeat heartbeat;
    private long lastCheckNanos;

    /**
     * @param assumeSynchrony whether silence for {@code timeout} is taken as proof of a crash
     * @param neighbours how many it watches, in the order of the group from its own place on; 0 for all
     */
    public HeartbeatFailureDetector(
            Group group,
            ProcessId self,
            FairLossLinks links,
            Clock clock,
            TopicBus topics,
            Duration heartbeatInterval,
            Duration timeout,
            boolean assumeSynchrony,
            int neighbours) {
        this.group = group;
        this.self = group.rank(self.name()).orElseThrow();
        this.links = links;
        this.clock = clock;
        this.topics = topics;
        this.heartbeatInterval = heartbeatInterval;
        this.timeout = timeout;
        this.assumeSynchrony = assumeSynchrony;
        this.neighbours = neighbours == 0 ? group.size() - 1 : Math.min(neighbours, group.size() - 1);
        this.checkPeriodNanos = Math.max(1, heartbeatInterval.toNanos() / CHECKS_PER_INTERVAL);
        this.watched = new Watched[group.size()];
        this.heartbeat = new Heartbeat(group.size());
    }

    /** Starts to beat and to listen. Called once, while the node is built. */
    public void start(Timers timers) {
        lastCheckNanos = clock.nanos();
        links.onReceive((from, message) -> {
            heardFrom(from);
            Heartbeat.read(message, this::metElsewhere);
        });
        links.listen(new FairLossLinks.ConnectionListener() {
            @Override
            public void up(int rank, ProcessId peer) {
                HeartbeatFailureDetector.this.up(rank, peer);
            }

            @Override
            public void down(int rank, ProcessId peer, FairLossLinks.Ending ending) {
                HeartbeatFailureDetector.this.down(rank, peer, ending);
            }

            @Override
            public void refused(int rank) {
                HeartbeatFailureDetector.this.refused(rank);
            }
        });
        for (int rank = 0; rank < watched.length; rank++) {
            if (rank != self && (watches(rank) || isWatchedBy(rank))) {
                links.want(rank);
            }
        }
        timers.every(heartbeatInterval, this::beat);
        timers.every(Duration.ofNanos(checkPeriodNanos), this::check);
    }

    /** Whether the member of that rank is one of those that follow. */
    private boolean watches(int rank) {
        int distance = Math.floorMod(rank - self, watched.length);
        return distance > 0 && distance <= neighbours;
    }

    private boolean isWatchedBy(int rank) {
        int distance = Math.floorMod(self - rank, watched.length);
        return distance > 0 && distance <= neighbours;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    /** The time within which the crash of a process is detected: the timeout and half a heartbeat interval. */
    public Duration detectionBound() {
        return timeout.plus(heartbeatInterval.dividedBy(2));
    }

    @Override
    public boolean suspects(ProcessId process) {
        Watched member = member(process);
        return member != null && (isFormer(process, member) || member.suspected);
    }

    @Override
    public boolean crashed(ProcessId process) {
        Watched member = member(process);
        return assumeSynchrony && member != null && (isFormer(process, member) || member.crashed);
    }

    @Override
    public Subscription listen(SuspicionListener listener) {
        suspicionListeners.add(listener);
        for (Watched member : watched) {
            if (member != null && member.former != null) {
                listener.suspect(member.former);
            }
            if (member != null && member.suspected) {
                listener.suspect(member.process);
            }
        }
        return () -> suspicionListeners.remove(listener);
    }

    @Override
    public Subscription listen(CrashListener listener) {
        crashListeners.add(listener);
        for (Watched member : watched) {
            if (assumeSynchrony && member != null && member.former != null) {
                listener.crash(member.former);
            }
            if (member != null && member.crashed) {
                listener.crash(member.process);
            }
        }
        return () -> crashListeners.remove(listener);
    }

    private void beat() {
        ByteBuffer message = heartbeat.write(rank -> {
            Watched member = watched[rank];
            return member == null ? null : member.process;
        });
        for (int rank = 0; rank < watched.length; rank++) {
            if (isWatchedBy(rank) && links.connected(rank)) {
                links.send(rank, message.rewind());
            }
        }
    }

    /**
     * Adds up silence. A pause of the own process shows as a gap between two checks and counts as no more than two
     * periods, because what the others sent meanwhile has not been read yet: on waking, nobody is accused.
     */
    private void check() {
        long now = clock.nanos();
        long ran = Math.min(now - lastCheckNanos, 2 * checkPeriodNanos);
        lastCheckNanos = now;
        for (int rank = 0; rank < watched.length; rank++) {
            Watched member = watched[rank];
            if (member == null || !member.watched || member.crashed) {
                continue;
            }
            long heard = links.lastHeardNanos(rank);
            if (heard != member.heardNanos) {
                alive(rank, member);
                member.silentNanos = Math.min(now - heard, ran);
            } else {
                member.silentNanos += ran;
            }
            if (member.silentNanos >= timeout.toNanos()) {
                String evidence =
                        "no sign of life for " + String.format(Locale.ROOT, "%.1f s", member.silentNanos / 1e9);
                suspect(rank, member, evidence);
                crash(member, evidence);
            }
        }
    }

    private void heardFrom(ProcessId from) {
        int rank = group.rank(from.name()).orElse(-1);
        if (rank >= 0 && watched[rank] != null && watched[rank].process.equals(from)) {
            alive(rank, watched[rank]);
        }
    }

    private void up(int rank, ProcessId peer) {
        if (!watches(rank)) {
            return;
        }
        Watched member = watched[rank];
        if (member == null) {
            watched[rank] = met(rank, peer, null, true);
        } else if (!member.direct && !member.crashed) {
            // What is seen counts more than what is heard of, whichever incarnation that was.
            alive(rank, member);
            watched[rank] = met(rank, peer, null, true);
        } else if (peer.incarnation() > member.process.incarnation()) {
            String evidence = "its name came back with a new incarnation";
            suspect(rank, member, evidence);
            crash(member, evidence);
            watched[rank] = met(rank, peer, member.process, true);
        } else if (peer.equals(member.process)) {
            member.watched = true;
            member.ended = false;
            alive(rank, member);
        }
    }

    /** Another process has met that incarnation: from now on it owes a sign of life here too. */
    private void metElsewhere(int rank, long incarnation) {
        if (rank < watched.length && watches(rank) && watched[rank] == null && incarnation > ProcessId.UNKNOWN) {
            String name = group.members().get(rank).name();
            watched[rank] = met(rank, new ProcessId(name, incarnation), null, false);
        }
    }

    private Watched met(int rank, ProcessId peer, @Nullable ProcessId former, boolean direct) {
        Watched member = new Watched(peer, former, direct);
        member.heardNanos = links.lastHeardNanos(rank);
        return member;
    }

    private void down(int rank, ProcessId peer, FairLossLinks.Ending ending) {
        Watched member = watched[rank];
        if (member == null || !peer.equals(member.process)) {
            return;
        }
        switch (ending) {
            case GOODBYE -> {
                alive(rank, member);
                member.watched = false;
            }
            case END_OF_STREAM, RESET -> {
                // The end alone proves nothing; if the member's host also says that nobody listens there, it is
                // telling.
                member.ended = true;
                links.probe(rank);
            }
            case CLOSED_HERE -> {}
        }
    }

    private void refused(int rank) {
        Watched member = watched[rank];
        if (member != null && member.watched && member.ended && !member.crashed) {
            suspect(rank, member, "its connection ended and its address refuses a new one");
        }
    }

    private void alive(int rank, Watched member) {
        member.heardNanos = links.lastHeardNanos(rank);
        member.silentNanos = 0;
        if (member.suspected && !member.crashed) {
            member.suspected = false;
            for (SuspicionListener listener : suspicionListeners) {
                listener.restore(member.process);
            }
            topics.publish(PROCESS_RESTORED, new ProcessRestored(member.process));
        }
    }

    private void suspect(int rank, Watched member, String evidence) {
        // Bytes that arrived before the suspicion must not take it back.
        member.heardNanos = links.lastHeardNanos(rank);
        if (member.suspected) {
            return;
        }
        member.suspected = true;
        for (SuspicionListener listener : suspicionListeners) {
            listener.suspect(member.process);
        }
        topics.publish(PROCESS_SUSPECTED, new ProcessSuspected(member.process, evidence));
    }

    private void crash(Watched member, String evidence) {
        if (!assumeSynchrony || member.crashed) {
            return;
        }
        member.crashed = true;
        for (CrashListener listener : crashListeners) {
            listener.crash(member.process);
        }
        topics.publish(PROCESS_CRASHED, new ProcessCrashed(member.process, evidence));
    }

    private @Nullable Watched member(ProcessId process) {
        int rank = group.rank(process.name()).orElse(-1);
        return rank < 0 ? null : watched[rank];
    }

    private static boolean isFormer(ProcessId process, Watched member) {
        return process.known() && process.incarnation() < member.process.incarnation();
    }
}
