package dev.rustnet.plugins.groupmembership;

import dev.rustnet.bus.Subscription;
import dev.rustnet.bus.TopicBus;
import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.Admission;
import dev.rustnet.group.Group;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.MembershipListener;
import dev.rustnet.group.MembershipListener.Removal;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.StateTransfer;
import dev.rustnet.group.View;
import dev.rustnet.group.ViewParticipant;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.link.PerfectLinks;
import dev.rustnet.time.Clock;
import dev.rustnet.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Group membership by agreement: see {@link ViewAgreement} for what it guarantees, on which assumptions, and at what cost.
 *
 * <p>Source: CGR 6.7 and 6.8 (group membership, view-synchronous communication).
 */
public final class ViewSynchronousMembership implements GroupMembership {
    // Injected
    private final Group group;
    private final ProcessId self;
    private final TopicBus topics;
    private final EndOfIncarnation onExclusion;
    private final Standings standings;
    private final Departures departures;
    private final ViewAgreement.Quorums quorums;
    private final ViewAgreement agreement;
    private final Admissions admissions;
    private final Runnable onNews;
    private @Nullable StateHandover handover;

    // State
    private final @Nullable ProcessId[] connected;
    private final @Nullable ProcessId[] latest;
    private final List<MembershipListener> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Runnable gone;
    private boolean quorum = true;
    private boolean ended;

    /**
     * @param exclusionTimeout how long a member must be suspected without a break
     * @param onNews called when {@link #advance} should be called, soon and in a turn of its own
     * @param onExclusion what happens when the others have gone on without this process
     */
    public ViewSynchronousMembership(
            Group group,
            ProcessId self,
            FairLossLinks links,
            FailureDetector detector,
            Clock clock,
            TopicBus topics,
            Duration exclusionTimeout,
            Runnable onNews,
            EndOfIncarnation onExclusion) {
        this(
                group,
                self,
                links,
                detector,
                clock,
                topics,
                exclusionTimeout,
                ViewAgreement.Quorums.MAJORITIES,
                null,
                onNews,
                onExclusion);
    }

    ViewSynchronousMembership(
            Group group,
            ProcessId self,
            FairLossLinks links,
            FailureDetector detector,
            Clock clock,
            TopicBus topics,
            Duration exclusionTimeout,
            ViewAgreement.Quorums quorums,
            @Nullable Memory memory,
            Runnable onNews,
            EndOfIncarnation onExclusion) {
        this.group = group;
        this.self = self;
        this.topics = topics;
        this.onExclusion = onExclusion;
        this.quorums = quorums;
        this.onNews = onNews;
        connected = new ProcessId[group.size()];
        latest = new ProcessId[group.size()];
        departures = new Departures(clock, exclusionTimeout.toNanos(), onNews);
        standings = new Standings(group, self, onNews);
        admissions = new Admissions(group, self, links, detector, departures, clock, this::present);
        agreement = new ViewAgreement(
                group,
                self,
                standings,
                new Around(),
                clock,
                detector.timeout().toNanos(),
                quorums,
                memory,
                new Consequences());
        links.listen(new Connections());
        detector.listen(departures);
    }

    /** What it says to others, and hears of them. */
    Standings header() {
        return standings;
    }

    /**
     * From now on states are registered and handed over to those who join.
     *
     * @param timeout how long a change of views waits for that
     * @param onStateless told why this process must stop: it has not got the state. It does not begin its next incarnation at once,
     *     as the group would pause for that one, too, and again without end
     * @param inPlace what the agreement asks instead of the transfer of state, given it
     */
    void handOver(
            PerfectLinks links,
            Clock clock,
            Timers timers,
            System.Logger log,
            Duration timeout,
            Consumer<String> onStateless,
            UnaryOperator<ViewAgreement.Handover> inPlace) {
        StateReports reports =
                new StateReports(log, clock, sentence -> endWithoutState(sentence, onStateless), onStateless, onNews);
        StateHandover states = new StateHandover(group, self, links, clock, timers, timeout, new Neighbours(), reports);
        handover = states;
        agreement.handOver(inPlace.apply(states));
    }

    private void endWithoutState(String sentence, Consumer<String> onStateless) {
        agreement.end();
        tellEnd(Removal.EXCLUDED);
        onStateless.accept(sentence);
    }

    /** The joiners whose transfer of state holds up a change of views here, with what was sent to each; for a message. */
    Map<ProcessId, Long> awaitsStateOf() {
        StateHandover states = handover;
        return states == null ? Map.of() : states.awaited();
    }

    /** Does whatever can be done now. On the loop, and in no handler of a broadcast. */
    public void advance() {
        StateHandover states = handover;
        if (states != null) {
            states.start();
        }
        agreement.advance();
        watchQuorum();
        Runnable whenGone = gone;
        if (whenGone != null && agreement.view().number() > 0 && agreement.allLeave()) {
            gone = null;
            whenGone.run();
        }
    }

    /** Whether it should be called again within milliseconds: a view is being brought to its end here. */
    public boolean busy() {
        return agreement.busy();
    }

    /** A majority of the configured members may form the first view from now on. */
    public void joinTimeoutIsOver() {
        agreement.joinTimeoutIsOver();
        agreement.advance();
    }

    /** The names of those for whom a change of views waits, after everybody has stopped. */
    public List<String> awaited() {
        return agreement.awaited().stream().map(ProcessId::name).toList();
    }

    /** The configured members that are not connected. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (int rank = 0; rank < connected.length; rank++) {
            String name = group.members().get(rank).name();
            if (connected[rank] == null && !name.equals(self.name())) {
                missing.add(name);
            }
        }
        return missing;
    }

    /** Upon crash of {@code process}, from a perfect failure detector. */
    public void crash(ProcessId process) {
        departures.end(process);
    }

    private @Nullable ProcessId present(String name) {
        int rank = view().rank(name);
        return rank >= 0
                ? view().members().get(rank)
                : connected[group.rank(name).orElseThrow()];
    }

    private void watchQuorum() {
        View view = view();
        if (view.number() == 0 || !view.members().contains(self)) {
            return;
        }
        int reached = (int) view.members().stream()
                .filter(member -> !departures.suspects(member))
                .count();
        boolean now = quorums.enough(
                view.members(), member -> !departures.suspects(member), departures::hasEnded, view.majority());
        if (now != quorum) {
            quorum = now;
            if (now) {
                topics.publish(QUORUM_REGAINED, new QuorumRegained(view));
            } else {
                topics.publish(QUORUM_LOST, new QuorumLost(view, reached));
            }
        }
    }

    // What the agreement asks for

    private final class Around implements ViewAgreement.Surroundings {
        @Override
        public Collection<ProcessId> newcomers() {
            List<ProcessId> newcomers = new ArrayList<>();
            for (ProcessId process : connected) {
                if (process != null
                        && !view().members().contains(process)
                        && standings.of(process) != null
                        && !departures.suspects(process)) {
                    newcomers.add(process);
                }
            }
            return newcomers;
        }

        @Override
        public boolean suspects(ProcessId process) {
            return departures.suspects(process);
        }

        @Override
        public SortedSet<ProcessId> gone(Collection<ProcessId> members) {
            return departures.among(members);
        }

        @Override
        public boolean cameAndEnded(String name) {
            ProcessId last = latest[group.rank(name).orElseThrow()];
            return departures.hasEnded(name, last == null ? 0 : last.incarnation());
        }
    }

    // What the transfer of state asks for

    private final class Neighbours implements StateHandover.Surroundings {
        @Override
        public boolean expects(ProcessId joiner) {
            ProcessId present = connected[group.rank(joiner.name()).orElseThrow()];
            return !departures.suspects(joiner) && (present == null || present.equals(joiner));
        }

        @Override
        public boolean suspects(ProcessId process) {
            return departures.suspects(process);
        }

        @Override
        public long installed(ProcessId process) {
            Standing standing = standings.of(process);
            return standing == null ? 0 : standing.view();
        }

        @Override
        public boolean isMember() {
            return view().number() > 0;
        }

        @Override
        public void agreed(Proposal next) {
            agreement.agreed(next);
        }

        @Override
        public void news() {
            onNews.run();
        }
    }

    private final class Connections implements FairLossLinks.ConnectionListener {
        @Override
        public void up(int rank, ProcessId peer) {
            connected[rank] = peer;
            latest[rank] = peer;
            departures.isBack(peer);
            succeed(peer);
        }

        @Override
        public void down(int rank, ProcessId peer, FairLossLinks.Ending ending) {
            if (peer.equals(connected[rank])) {
                connected[rank] = null;
            }
            if (ending == FairLossLinks.Ending.GOODBYE) {
                departures.end(peer);
            }
        }
    }

    /** A former incarnation of a process that is here has come to its end, however long ago it was heard last. */
    private void succeed(ProcessId process) {
        int rank = view().rank(process.name());
        if (rank >= 0 && view().members().get(rank).incarnation() < process.incarnation()) {
            departures.end(view().members().get(rank));
        }
    }

    // What follows from the agreement

    private final class Consequences implements ViewAgreement.Outcome {
        @Override
        public void installed(View former, Proposal proposal) {
            View view = proposal.next();
            Set<ProcessId> left = new HashSet<>();
            for (ProcessId member : proposal.before()) {
                Standing standing = standings.of(member);
                if (!view.members().contains(member)) {
                    admissions.end(member);
                    if (standing != null && standing.leaving()) {
                        left.add(member);
                    }
                }
            }
            tellListeners(former, view, left);
            publish(former, view, left);
            standings.retain(process -> view.members().contains(process) || isConnected(process));
            List<ProcessId> alive = new ArrayList<>(view.members());
            for (ProcessId process : connected) {
                if (process != null) {
                    alive.add(process);
                    succeed(process);
                }
            }
            departures.retain(alive);
        }

        @Override
        public void out(View next) {
            Runnable whenGone = gone;
            tellEnd(whenGone == null ? Removal.EXCLUDED : Removal.LEFT);
            if (whenGone != null) {
                gone = null;
                whenGone.run();
            } else {
                onExclusion.end("the group has gone on to view " + next.number()
                        + " without this process, which was silent" + " for too long");
            }
        }
    }

    @Override
    public boolean excluded() {
        tellEnd(Removal.EXCLUDED);
        return onExclusion.rejoins();
    }

    private void tellEnd(Removal reason) {
        if (!ended) {
            ended = true;
            List.copyOf(listeners).forEach(listener -> listener.ended(reason));
        }
    }

    private boolean isConnected(ProcessId process) {
        return process.equals(connected[group.rank(process.name()).orElseThrow()]);
    }

    private void tellListeners(View former, View view, Set<ProcessId> left) {
        for (MembershipListener listener : listeners) {
            listener.viewInstalled(view);
            for (ProcessId member : former.members()) {
                if (!view.members().contains(member)) {
                    listener.removed(-1, member, left.contains(member) ? Removal.LEFT : Removal.EXCLUDED);
                }
            }
            for (int rank = 0; rank < view.size(); rank++) {
                ProcessId member = view.members().get(rank);
                if (!former.members().contains(member) && !member.equals(self)) {
                    listener.joined(rank, member);
                }
            }
        }
    }

    private void publish(View former, View view, Set<ProcessId> left) {
        for (ProcessId member : former.members()) {
            if (left.contains(member)) {
                topics.publish(PROCESS_LEFT, new ProcessLeft(member));
            } else if (!view.members().contains(member)) {
                topics.publish(PROCESS_EXCLUDED, new ProcessExcluded(member, view.number()));
            }
        }
        for (ProcessId member : view.members()) {
            if (!former.members().contains(member) && !member.equals(self)) {
                topics.publish(PROCESS_JOINED, new ProcessJoined(member));
            }
        }
        topics.publish(VIEW_INSTALLED, new ViewInstalled(view));
    }

    // GroupMembership

    @Override
    public View view() {
        return agreement.view();
    }

    @Override
    public ProcessId process(int rank) {
        return view().members().get(rank);
    }

    /** Never: who counts no more is in no view. */
    @Override
    public boolean removed(int rank) {
        return false;
    }

    @Override
    public Subscription listen(MembershipListener listener) {
        listeners.add(listener);
        View view = view();
        if (view.number() > 0) {
            listener.viewInstalled(view);
            for (int rank = 0; rank < view.size(); rank++) {
                if (!view.members().get(rank).equals(self)) {
                    listener.joined(rank, view.members().get(rank));
                }
            }
        }
        return () -> listeners.remove(listener);
    }

    @Override
    public Subscription participate(ViewParticipant participant) {
        agreement.participate(participant);
        return () -> agreement.retire(participant);
    }

    @Override
    public Subscription transfer(String name, StateTransfer transfer) {
        StateHandover states = handover;
        if (states == null) {
            throw new IllegalStateException("this membership hands over no states");
        }
        return states.register(name, transfer);
    }

    @Override
    public void leave(Runnable whenGone) {
        if (view().number() == 0) {
            whenGone.run();
            return;
        }
        gone = whenGone;
        agreement.leave();
        advance();
    }

    @Override
    public Admission admit(ProcessId newcomer, String address) {
        return admissions.admit(newcomer, address);
    }
}
