package dev.rustnet.plugins.staticmembership;

import dev.rustnet.bus.Subscription;
import dev.rustnet.bus.TopicBus;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.Admission;
import dev.rustnet.group.Group;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.group.ViewParticipant;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Membership in the crash-stop model: a fixed set of processes, each of which takes part at most once. The one view holds
 * all configured members by name, for ever, the same at every process.
 *
 * <p>A member that is late is merely slow. One that crashed counts no more where a perfect failure detector says so, and
 * one that left after its goodbye; otherwise it counts for ever, and what it has not received is kept for it. The
 * majority stays that of the list. A process that restarts is another process, for which this model has no place: it is
 * told so.
 *
 * <p>Assumptions: all processes have the same list, which the handshake checks. No messages of its own.
 *
 * <p>Source: CGR 2.1 and 2.2 (processes, crash-stop); the set of processes called Pi there.
 */
public final class StaticMembership implements GroupMembership {
    // Injected
    private final Group group;
    private final int self;
    private final FairLossLinks links;
    private final FailureDetector detector;
    private final Clock clock;
    private final TopicBus topics;

    // State
    private final View view;
    private final @Nullable ProcessId[] joined;
    private final MembershipListener.@Nullable Removal[] removals;
    private final @Nullable Claim[] claims;
    private final List<MembershipListener> listeners = new CopyOnWriteArrayList<>();
    private boolean ended;

    /**
     * Another incarnation that asks for a member's place while that member may still live.
     *
     * @param newcomer who asks
     * @param sinceNanos when it first did
     */
    private record Claim(ProcessId newcomer, long sinceNanos) {}

    public StaticMembership(
            Group group, ProcessId self, FairLossLinks links, FailureDetector detector, Clock clock, TopicBus topics) {
        this.group = group;
        this.self = group.rank(self.name()).orElseThrow();
        this.links = links;
        this.detector = detector;
        this.clock = clock;
        this.topics = topics;
        this.view = new View(
                1,
                group.members().stream()
                        .map(member -> ProcessId.named(member.name()))
                        .toList());
        this.joined = new ProcessId[group.size()];
        this.removals = new MembershipListener.Removal[group.size()];
        this.claims = new Claim[group.size()];
        this.joined[this.self] = self;
    }

    /** Publishes the view; once, while the node is built. */
    public void announce() {
        topics.publish(VIEW_INSTALLED, new ViewInstalled(view));
    }

    /** What this needs to hear of connections. */
    public FairLossLinks.ConnectionListener connections() {
        return new FairLossLinks.ConnectionListener() {
            @Override
            public void up(int rank, ProcessId peer) {
                join(rank, peer);
            }

            @Override
            public void down(int rank, ProcessId peer, FairLossLinks.Ending ending) {
                if (ending == FairLossLinks.Ending.GOODBYE && peer.equals(joined[rank])) {
                    remove(rank, MembershipListener.Removal.LEFT);
                }
            }
        };
    }

    /** The names of the members that have not joined yet, of those that are dialled before there is something for them. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (int rank = 0; rank < joined.length; rank++) {
            if (joined[rank] == null && links.wanted(rank)) {
                missing.add(view.members().get(rank).name());
            }
        }
        return missing;
    }

    /** Upon crash of {@code process}, from the perfect failure detector. */
    public void crash(ProcessId process) {
        int rank = view.rank(process);
        if (rank >= 0 && joined[rank] == null) {
            joined[rank] = process; // It crashed before this process met it; its name is taken all the same.
        }
        if (rank >= 0 && process.equals(joined[rank])) {
            remove(rank, MembershipListener.Removal.CRASHED);
        }
    }

    @Override
    public View view() {
        return view;
    }

    @Override
    public ProcessId process(int rank) {
        ProcessId process = joined[rank];
        return process == null ? view.members().get(rank) : process;
    }

    @Override
    public boolean removed(int rank) {
        return removals[rank] != null;
    }

    /** The own process is in the view from the start; it neither joins nor is removed. */
    @Override
    public Subscription listen(MembershipListener listener) {
        listeners.add(listener);
        listener.viewInstalled(view);
        for (int rank = 0; rank < joined.length; rank++) {
            ProcessId process = joined[rank];
            if (process != null && rank != self) {
                listener.joined(rank, process);
            }
        }
        for (int rank = 0; rank < joined.length; rank++) {
            MembershipListener.Removal removal = removals[rank];
            if (removal != null) {
                listener.removed(rank, process(rank), removal);
            }
        }
        return () -> listeners.remove(listener);
    }

    /** Nothing is ever called: there is no change of views. */
    @Override
    public Subscription participate(ViewParticipant participant) {
        return () -> {};
    }

    @Override
    public boolean excluded() {
        if (!ended) {
            ended = true;
            listeners.forEach(listener -> listener.ended(MembershipListener.Removal.EXCLUDED));
        }
        return false; // its one view has no place for another incarnation
    }

    @Override
    public Admission admit(ProcessId newcomer, String address) {
        int rank = view.rank(newcomer.name());
        if (rank < 0) {
            return new Admission.Refused(newcomer + " at " + address + " is not in the peer list of " + process(self)
                    + ", which names "
                    + String.join(
                            ", ",
                            group.members().stream().map(Group.Member::name).toList())
                    + "; add it to the list of every process, or correct its name");
        }
        ProcessId known = joined[rank];
        if (known == null) {
            return new Admission.Accepted();
        }
        if (rank == self) {
            return new Admission.Refused(twoOfOneName(newcomer, address, rank));
        }
        if (newcomer.incarnation() == known.incarnation()) {
            return removals[rank] == null ? new Admission.Accepted() : new Admission.Excluded(gone(newcomer, rank));
        }
        if (newcomer.incarnation() < known.incarnation()) {
            return new Admission.Refused("this incarnation of " + newcomer + " at " + address
                    + " is older than the one that has taken part, at "
                    + group.members().get(rank).address() + "; give each process its own name");
        }
        return admitRestarted(newcomer, address, rank);
    }

    /**
     * Either the member crashed and this is its restart, or two processes have one name. Whether the member still lives
     * shows within the detector's timeout.
     */
    private Admission admitRestarted(ProcessId newcomer, String address, int rank) {
        if (removals[rank] != null || detector.suspects(process(rank))) {
            return restarted(newcomer);
        }
        Claim claim = claims[rank];
        if (claim == null || !claim.newcomer().equals(newcomer)) {
            claims[rank] = new Claim(newcomer, clock.nanos());
            return new Admission.Held();
        }
        if (links.lastHeardNanos(rank) - claim.sinceNanos() > 0) {
            claims[rank] = null;
            return new Admission.Refused(twoOfOneName(newcomer, address, rank));
        }
        return clock.nanos() - claim.sinceNanos() > detector.timeout().toNanos()
                ? restarted(newcomer)
                : new Admission.Held();
    }

    private static Admission restarted(ProcessId newcomer) {
        return new Admission.Excluded("static-membership keeps the book's crash-stop model: " + newcomer
                + " has already taken part as another incarnation and cannot come back; restart the whole group");
    }

    private String twoOfOneName(ProcessId newcomer, String address, int rank) {
        String running = group.members().get(rank).address();
        return running.equals(address)
                ? "two processes have the name " + newcomer + ", and both say that they are at " + address
                        + ": one is running already; end one of them, or give each its own name and address"
                : "two processes have the name " + newcomer + ": one at " + running + ", which is running, and one at "
                        + address + "; give each its own name";
    }

    private String gone(ProcessId process, int rank) {
        return removals[rank] == MembershipListener.Removal.LEFT
                ? process + " has said goodbye to " + process(self) + " and cannot come back"
                : process(self) + " counts " + process
                        + " as crashed, for good, because it gave no sign of life for "
                        + detector.timeout().toMillis() / 1000.0 + " s (failure-detector.assume-synchrony = true)";
    }

    private void join(int rank, ProcessId peer) {
        if (joined[rank] != null) {
            return;
        }
        joined[rank] = peer;
        for (MembershipListener listener : listeners) {
            listener.joined(rank, peer);
        }
        topics.publish(PROCESS_JOINED, new ProcessJoined(peer));
    }

    private void remove(int rank, MembershipListener.Removal reason) {
        if (removals[rank] != null) {
            return;
        }
        removals[rank] = reason;
        ProcessId process = process(rank);
        for (MembershipListener listener : listeners) {
            listener.removed(rank, process, reason);
        }
        if (reason == MembershipListener.Removal.LEFT) {
            topics.publish(PROCESS_LEFT, new ProcessLeft(process));
        }
    }
}
