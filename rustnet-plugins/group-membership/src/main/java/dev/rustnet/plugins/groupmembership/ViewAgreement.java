package dev.rustnet.plugins.groupmembership;

import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.group.ViewParticipant;
import dev.rustnet.plugins.groupmembership.Standing.Step;
import dev.rustnet.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Agreement on one view after another, and on what belongs to each: view synchrony.
 *
 * <p>Properties: every process that installs view v installs the same members (agreement; a process installs views in the
 * order of their numbers, and only those that hold it). Two processes that both go on from view v to the next have delivered
 * the same messages of v, and every message is delivered in the view in which it was broadcast (virtual synchrony). A view
 * follows only what a majority of the one before agreed to (primary partition). A member that wants to leave, or that a
 * majority takes for gone, is out eventually, and a process that is up and reached joins, as long as a majority of each view
 * is up and connected.
 *
 * <p>Each view is ended by one consensus, of which its members are the acceptors. The value is the next view and the cut of
 * this one. The steps, named as in the model:
 *
 * <ol>
 *   <li><b>Ask</b>: the first member that is not suspected asks all that would go on, and the newcomers. <b>Answer</b>:
 *       whoever is there says so. Nobody has stopped, and broadcasting goes on.
 *   <li><b>Stop</b>: all have answered. Each member that hears it promises the attempt, stops: accepts, acknowledges and
 *       delivers nothing more of the view: and <b>report</b>s what it holds.
 *   <li><b>Propose</b>: all that go on have reported, those that leave and are not suspected too, and at least a majority of
 *       the view. Where one of them has accepted an earlier proposal, the latest such is proposed again; else a new one, whose
 *       cut is the highest number reported of each source.
 *   <li><b>Accept</b>: a member that has promised nothing higher, once it holds the whole cut. What it lacks is supplied by
 *       the first unsuspected member that holds it.
 *   <li><b>Decide</b>: a majority of the view has accepted. <b>Learn</b>: who hears that a process has installed the next
 *       view knows what was decided.
 *   <li><b>Hand over</b>: those who join are given the state as it is now; the first to have it installs the view, and the
 *       others learn from it.
 *   <li><b>Install</b>: once the whole cut is held here and delivered. Whoever has installed goes on supplying those that
 *       have not, until all have.
 * </ol>
 *
 * The first view is agreed in the same way among the configured names, by those that have never heard of any view: all of
 * them, or after the join timeout a majority.
 *
 * <p>With {@link AgreedByAll} it is not a majority that reports, accepts and excludes, but all that a perfect detector does not
 * take for crashed: views follow however many crash.
 *
 * <p>With a {@link Memory}, processes that were restarted finish the consensus that ends the last view that they remember, by
 * the promises and acceptances of their former selves, as long as none is reached that is still in that view or a later one: as
 * acceptors they are names, not incarnations. A proposal accepted earlier is agreed first, though nobody may be left to install
 * it; it becomes the view that they remember, and the next one holds their new incarnations.
 *
 * <p>Assumptions: fewer than half of each view crash, as long as nobody is excluded in between; and of the configured list
 * fewer than half are down, cut off or not yet in a view at any time, because a process that restarts before the first view
 * is formed does not remember what it had accepted, unless there is a memory. The detector is needed for progress alone.
 *
 * <p>Complexity: five rounds of n standings, each sent to n - 1 processes: one round each for answers, reports, acceptances and
 * installations, and four messages of the proposer.
 *
 * <p>Source: CGR 6.8, algorithm 6.8 (consensus-based view-synchronous communication); the consensus is Paxos with the
 * proposer's first round joined to the flush, as in Viewstamped Replication's view change.
 */
final class ViewAgreement {
    /** Who counts, who is there, and who is gone, in the own opinion. */
    interface Surroundings {
        /** Processes in no view that are connected and may join. */
        Collection<ProcessId> newcomers();

        boolean suspects(ProcessId process);

        /** Those of {@code members} that this process takes for gone. */
        SortedSet<ProcessId> gone(Collection<ProcessId> members);

        /** Whether a process of that name was here, has come to its end for certain, and none of its name is here now. */
        boolean cameAndEnded(String name);
    }

    /** How many agree. */
    interface Quorums {
        /** Of a view, and in the formation of the first one of the configured list, more than half. */
        Quorums MAJORITIES = new Quorums() {};

        /** Whether those are enough that say so, of all that have a say. {@code gone}: takes them for gone. */
        default boolean enough(
                Collection<ProcessId> all, Predicate<ProcessId> say, Predicate<ProcessId> gone, int majority) {
            return all.stream().filter(say).count() >= majority;
        }

        /**
         * Whether those, which are in no view, may form one, when so many names have a say. {@code ended}: whether a process of
         * that name came, and has come to its end.
         */
        default boolean mayForm(
                Collection<ProcessId> founders,
                Collection<String> names,
                Predicate<String> ended,
                boolean joinTimeoutOver) {
            return founders.size() == names.size() || (joinTimeoutOver && founders.size() >= names.size() / 2 + 1);
        }

        /** Of {@code view}, to agree on the next; of the configured list when there is no view yet. */
        default int toAgree(View view, Group group) {
            return view.number() == 0 ? group.majority() : view.majority();
        }

        /** Of {@code view}, to take a member for gone: never one alone, never a minority. */
        default int toExclude(View view) {
            return view.majority();
        }
    }

    /** What is done between the cut of a view and the next one. */
    interface Handover {
        /**
         * Asked again and again once the cut is delivered, or by a process that was in no view before, until it says yes. A joiner
         * that installs makes the others learn what was decided.
         */
        boolean mayInstall(Proposal next);
    }

    /** Told on the loop. */
    interface Outcome {
        /** The participants have installed that view, which follows {@code former}. */
        void installed(View former, Proposal proposal);

        /** The others have gone on to that view, and this process is not in it. */
        void out(View next);
    }

    // Injected
    private final Group group;
    private final ProcessId self;
    private final Standings standings;
    private final Surroundings surroundings;
    private final Clock clock;
    private final long patienceNanos;
    private final Quorums quorums;
    private final Outcome outcome;
    private final CutSupply supply;
    private final @Nullable Memory memory;
    private final List<ViewParticipant> participants = new ArrayList<>();

    private Handover handover = next -> true;

    // State
    private View view = View.NONE;
    private @Nullable Proposal installed;
    private boolean settled = true;
    private boolean joinTimeoutOver;
    private boolean heardOfView;
    private @Nullable Proposal remembered;
    private boolean hasMemory;
    private boolean leaving;
    private boolean out;

    // State as a member of the view that may end
    private Ballot answered = Ballot.NONE;
    private Ballot promised = Ballot.NONE;
    private Ballot accepted = Ballot.NONE;
    private @Nullable Proposal acceptedProposal;
    private boolean proposedByOutsider;
    private boolean stopped;
    private @Nullable Proposal expected;
    private @Nullable Proposal decided;
    private boolean handingOver;

    // State as a proposer
    private Step step = Step.NONE;
    private Ballot ballot = Ballot.NONE;
    private NavigableSet<ProcessId> asked = new TreeSet<>();
    private @Nullable Proposal proposed;
    private long stepSinceNanos;
    private long othersSinceNanos;

    /**
     * @param patienceNanos how long somebody else may take to help before this process does
     * @param memory what survives a restart; null when nothing does
     */
    ViewAgreement(
            Group group,
            ProcessId self,
            Standings standings,
            Surroundings surroundings,
            Clock clock,
            long patienceNanos,
            Quorums quorums,
            @Nullable Memory memory,
            Outcome outcome) {
        this.group = group;
        this.self = self;
        this.standings = standings;
        this.surroundings = surroundings;
        this.clock = clock;
        this.patienceNanos = patienceNanos;
        this.quorums = quorums;
        this.outcome = outcome;
        this.memory = memory;
        supply = new CutSupply(self, standings, surroundings, clock, patienceNanos);
        if (memory != null) {
            memory.recall().ifPresent(this::recall);
        }
    }

    private void recall(Standing former) {
        remembered = former.installed();
        promised = former.promised();
        accepted = former.accepted();
        acceptedProposal = former.acceptedProposal();
        hasMemory = true;
        othersSinceNanos = clock.nanos() - patienceNanos; // whose attempt that was, is not at it any more
    }

    void participate(ViewParticipant participant) {
        participants.add(participant);
    }

    void retire(ViewParticipant participant) {
        participants.remove(participant);
    }

    /** Sets what is done between the cut of a view and the next one; before anything is agreed. */
    void handOver(Handover newHandover) {
        handover = newHandover;
    }

    View view() {
        return view;
    }

    /** The view that is to end: the one in force, or for a process in none the last that it remembers. */
    private View base() {
        Proposal last = remembered;
        return view.number() == 0 && last != null ? last.next() : view;
    }

    /** Whether something is under way that only time moves on: a cut that is being received or delivered. */
    boolean busy() {
        return (decided != null && !handingOver) || (expected != null && !promised.equals(accepted));
    }

    /** For whom this process, which has stopped, waits; nobody while it has not. */
    List<ProcessId> awaited() {
        if (!stopped || decided != null) {
            return List.of();
        }
        return view.members().stream()
                .filter(member -> surroundings.suspects(member) && !isGone(member))
                .toList();
    }

    /** A majority of the configured processes may form the first view from now on. */
    void joinTimeoutIsOver() {
        joinTimeoutOver = true;
    }

    void leave() {
        leaving = true;
    }

    /** A member says that this is decided, of which this process, in no view yet, may not have heard. */
    void agreed(Proposal next) {
        if (decided == null && view.number() == 0 && next.next().members().contains(self)) {
            heardOfView = true;
            decided = next;
        }
    }

    /** This process counts no more. */
    void end() {
        out = true;
    }

    /** Whether nobody would be left in the view, so that there is nobody to agree with. */
    boolean allLeave() {
        return view.members().stream().allMatch(member -> leaves(member) || isGone(member));
    }

    /** Does whatever can be done now. */
    void advance() {
        if (out) {
            return;
        }
        learn();
        if (out) {
            return;
        }
        if (decided == null) {
            answerAndPromise();
            acceptProposal();
            attempt();
        } else if (view.number() == 0) {
            // It waits for the state; if the member that gives it dies, the others ask once more who is there.
            answerAndPromise();
        }
        if (out) {
            say();
            return;
        }
        if (decided == null) {
            learnFromAcceptances();
        }
        supply();
        if (decided != null) {
            installDecided();
        }
        if (out) {
            return;
        }
        settle();
        say();
    }

    // Learn

    private void learn() {
        for (ProcessId process : standings.processes()) {
            Standing standing = standing(process);
            Proposal theirs = standing.installed() == null ? standing.remembered() : standing.installed();
            if (theirs == null || process.equals(self)) {
                continue;
            }
            heardOfView = true;
            long number = theirs.next().number();
            if (number <= base().number()) {
                continue;
            }
            if (theirs.next().members().contains(self)) {
                if (decided == null && (view.number() == 0 || number == view.number() + 1)) {
                    decided = theirs;
                }
            } else if (view.number() == 0) {
                adopt(theirs);
            } else if (view.number() > 0) {
                out = true;
                stop();
                outcome.out(theirs.next());
                return;
            }
        }
    }

    /**
     * A later view has been agreed than the one that this process, which is in none, remembers. Its former self had no part in
     * what came after: it would have installed that view, and it would be remembered.
     */
    private void adopt(Proposal later) {
        if (hasMemory) {
            remembered = later;
            promised = Ballot.NONE;
            accepted = Ballot.NONE;
            acceptedProposal = null;
            step = Step.NONE;
            proposed = null;
        }
    }

    // Answer, stop and report, accept: the acceptor

    private void answerAndPromise() {
        for (ProcessId process : standings.processes()) {
            Standing standing = standing(process);
            if (!mayPropose(process, standing)) {
                continue;
            }
            if (standing.ballot().compareTo(answered) > 0) {
                answered = standing.ballot();
                others(process);
            }
            boolean stops = standing.step() == Step.STOP || standing.step() == Step.PROPOSE;
            if (stops
                    && (standing.view() > 0) == (view.number() > 0)
                    && standing.ballot().isFor(base().number())
                    && standing.ballot().compareTo(promised) > 0) {
                promised = standing.ballot();
                others(process);
                expected = null;
                stop();
                participants.forEach(ViewParticipant::expectNothing);
            }
        }
    }

    private void others(ProcessId proposer) {
        if (!proposer.equals(self)) {
            othersSinceNanos = clock.nanos();
        }
    }

    /** Whether that process makes an attempt that concerns this one. */
    private boolean mayPropose(ProcessId process, Standing standing) {
        if (standing.step() == Step.NONE) {
            return false;
        }
        if (view.number() == 0) {
            // A question of a later view comes to a newcomer; it does not stop, as it has nothing to stop.
            return (standing.view() > 0 && isBeforeDecided(standing.ballot()))
                    || (mayFormWith(standing) && !othersAreInAView());
        }
        return standing.ballot().isFor(base().number()) && view.members().contains(process);
    }

    /** Whether that is no attempt to end the view that this process is to install first. */
    private boolean isBeforeDecided(Ballot ballot) {
        Proposal next = decided;
        return next == null || ballot.view() < next.next().number();
    }

    private void stop() {
        if (!stopped && view.number() > 0) {
            stopped = true;
            participants.forEach(ViewParticipant::stop);
        }
    }

    private void acceptProposal() {
        if (!promised.isFor(base().number()) || promised.equals(accepted)) {
            return;
        }
        for (ProcessId process : standings.processes()) {
            Standing standing = standing(process);
            Proposal proposal = standing.proposed();
            if (proposal != null && standing.ballot().equals(promised) && mayPropose(process, standing)) {
                expect(proposal);
                if (holds(proposal)
                        && (base().number() > 0
                                || memory != null
                                || proposal.next().members().contains(self))) {
                    accepted = promised;
                    acceptedProposal = proposal;
                    hasMemory = memory != null;
                    proposedByOutsider = !proposal.next().members().contains(process);
                }
                return;
            }
        }
    }

    private void expect(Proposal proposal) {
        if (view.number() > 0 && !proposal.sameAs(expected)) {
            expected = proposal;
            for (ViewParticipant participant : participants) {
                participant.expect(proposal.cut(participant.name()));
            }
        }
    }

    private boolean holds(Proposal proposal) {
        return view.number() == 0 || participants.stream().allMatch(each -> each.holds(proposal.cut(each.name())));
    }

    // Ask, stop, propose, decide: the proposer

    private void attempt() {
        boolean overtaken = promised.isFor(base().number()) && promised.compareTo(ballot) > 0;
        if (overtaken || (view.number() == 0 && othersAreInAView())) {
            step = Step.NONE;
            proposed = null;
        }
        boolean mine = view.number() == 0 ? isFirstToForm() : isCoordinator() && changeIsDue();
        if (!mine) {
            if (step == Step.ASK) {
                step = Step.NONE;
            }
            if (step == Step.NONE) {
                return;
            }
        }
        NavigableSet<ProcessId> wanted = wanted();
        if (wanted.isEmpty()) {
            step = Step.NONE;
            return;
        }
        boolean due = step == Step.NONE ? !othersAreAtIt() : mine && isOvertaken(wanted);
        // Too few founders that accept their own proposal would be in the way of all later ones.
        if (due && (view.number() > 0 || mayForm(wanted))) {
            begin(wanted);
        }
        if (step == Step.ASK && asked.stream().allMatch(process -> hasAnswered(process))) {
            moveTo(Step.STOP);
            answerAndPromise();
            say();
        }
        if (step == Step.STOP && reported()) {
            proposed = proposal();
            moveTo(Step.PROPOSE);
            acceptProposal();
        }
        if (step == Step.PROPOSE && proposed != null && accepted(proposed, ballot)) {
            decide(proposed);
        }
    }

    /** An earlier proposal may be one without its new proposer, which then has no view to install. */
    private void decide(Proposal proposal) {
        if (proposal.next().members().contains(self)) {
            decided = proposal;
        } else if (view.number() > 0) {
            out = true;
            stop();
            outcome.out(proposal.next());
        } else {
            adopt(proposal);
        }
    }

    /** Those that are in it see for themselves that the proposal of one that is not in it is agreed. */
    private void learnFromAcceptances() {
        Proposal own = acceptedProposal;
        if (proposedByOutsider
                && own != null
                && own.next().members().contains(self)
                && accepted.isFor(base().number())
                && accepted(own, accepted)) {
            decided = own;
        }
    }

    private boolean isCoordinator() {
        for (ProcessId member : view.members()) {
            if (!surroundings.suspects(member) && !leaves(member)) {
                return member.equals(self);
            }
        }
        return false;
    }

    /** Whether somebody else has begun an attempt not long ago: two that overtake each other would never end. */
    private boolean othersAreAtIt() {
        boolean others = (answered.isFor(base().number()) && !answered.equals(ballot))
                || (promised.isFor(base().number()) && !promised.equals(ballot));
        return others && clock.nanos() - othersSinceNanos < patienceNanos;
    }

    private boolean changeIsDue() {
        if (allLeave()) {
            return false;
        }
        return !surroundings.newcomers().stream().filter(this::mayJoin).toList().isEmpty()
                || view.members().stream().anyMatch(member -> leaves(member) || isGone(member) || hasStopped(member));
    }

    private boolean hasStopped(ProcessId member) {
        return standing(member).promised().isFor(base().number());
    }

    /**
     * Whether this process, which is in no view, has others to join. Without memory, whoever has heard of a view never forms
     * one. With memory those keep it from forming one that are here, in a view that does not come before the remembered one:
     * they have what the former selves of the others had acknowledged and have lost.
     */
    private boolean othersAreInAView() {
        if (memory == null) {
            return heardOfView;
        }
        return surroundings.newcomers().stream()
                .map(this::standing)
                .anyMatch(theirs -> theirs.view() == 0
                        ? numberOf(theirs.remembered()) > base().number()
                        : theirs.view() >= base().number());
    }

    /** Whether a process that stands there may vote on what follows the view that this one remembers, as this one may. */
    private boolean mayFormWith(Standing theirs) {
        return theirs.view() == 0
                && numberOf(theirs.remembered()) == base().number()
                && (base().number() == 0 || base().rank(self.name()) >= 0);
    }

    private static long numberOf(@Nullable Proposal proposal) {
        return proposal == null ? 0 : proposal.next().number();
    }

    private boolean isFirstToForm() {
        if (othersAreInAView() || (base().number() > 0 && base().rank(self.name()) < 0)) {
            return false;
        }
        NavigableSet<ProcessId> founders = wanted();
        return (mayForm(founders) && founders.first().equals(self)) || step != Step.NONE;
    }

    private boolean mayForm(NavigableSet<ProcessId> founders) {
        // What a former self has agreed to is not known before it is back.
        return quorums.mayForm(
                founders, namesOfBase(), name -> memory == null && surroundings.cameAndEnded(name), joinTimeoutOver);
    }

    private List<String> namesOfBase() {
        return base().number() > 0
                ? base().members().stream().map(ProcessId::name).toList()
                : group.members().stream().map(Group.Member::name).toList();
    }

    /** Who would be in the next view. */
    private NavigableSet<ProcessId> wanted() {
        NavigableSet<ProcessId> wanted = new TreeSet<>();
        if (view.number() == 0) {
            wanted.add(self);
            surroundings.newcomers().stream()
                    .filter(process -> standing(process).view() == 0)
                    .filter(process -> memory == null || isFounder(process))
                    .forEach(wanted::add);
            return wanted;
        }
        for (ProcessId member : view.members()) {
            if (!leaves(member) && !isGone(member)) {
                wanted.add(member);
            }
        }
        surroundings.newcomers().stream().filter(this::mayJoin).forEach(wanted::add);
        return wanted;
    }

    /** Whether that one remembers the same view, and its former self was in it. Who remembers nothing joins later. */
    private boolean isFounder(ProcessId process) {
        return numberOf(standing(process).remembered()) == base().number()
                && (base().number() == 0 || base().rank(process.name()) >= 0);
    }

    /** A newcomer waits until the former incarnation of its name is out, or goes with this change. */
    private boolean mayJoin(ProcessId newcomer) {
        int former = view.rank(newcomer.name());
        return standing(newcomer).view() == 0
                && standings.of(newcomer) != null
                && (former < 0 || isGone(view.members().get(former)));
    }

    private boolean leaves(ProcessId member) {
        return member.equals(self) ? leaving : standing(member).leaving();
    }

    /** Whether enough members of the view take that one for gone. */
    private boolean isGone(ProcessId member) {
        int votes = 0;
        for (ProcessId other : view.members()) {
            if (!other.equals(member)) {
                boolean says = other.equals(self)
                        ? surroundings.gone(view.members()).contains(member)
                        : standing(other).gone().contains(member);
                votes += says ? 1 : 0;
            }
        }
        return votes >= quorums.toExclude(view);
    }

    /** Whether the attempt that is under way is not what is wanted any more. */
    private boolean isOvertaken(NavigableSet<ProcessId> wanted) {
        boolean stuck = clock.nanos() - stepSinceNanos > patienceNanos;
        if (step == Step.ASK) {
            return !wanted.equals(asked)
                    || (stuck && (!answered.equals(ballot) || anotherIsAnswered()) && !othersAreAtIt());
        }
        // Newcomers must wait now. A member that is gone cannot report, and may have been the only one to hold the cut.
        boolean lost =
                asked.stream().anyMatch(process -> view.members().contains(process) && !wanted.contains(process));
        boolean otherFounders = view.number() == 0 && !wanted.equals(asked);
        return (lost && !leavesOnly(wanted)) || (stuck && (otherFounders || reportMissing()));
    }

    /** Whether one that was asked has answered a later question, which this process may never have heard: it answers no more. */
    private boolean anotherIsAnswered() {
        return asked.stream()
                .map(this::standing)
                .anyMatch(theirs -> theirs.answered().isFor(base().number())
                        && theirs.answered().compareTo(ballot) > 0);
    }

    /** Whether all that are not wanted any more leave: they wait for the change after this one. */
    private boolean leavesOnly(NavigableSet<ProcessId> wanted) {
        return asked.stream()
                .filter(process -> view.members().contains(process) && !wanted.contains(process))
                .allMatch(process -> leaves(process) && !surroundings.suspects(process));
    }

    /** Whether a member that leaves has died with a part of the cut that nobody else holds. */
    private boolean reportMissing() {
        return step == Step.PROPOSE
                && view.members().stream().anyMatch(member -> leaves(member) && surroundings.suspects(member));
    }

    private void begin(NavigableSet<ProcessId> wanted) {
        long highest = Math.max(roundOf(promised), Math.max(roundOf(answered), roundOf(ballot)));
        for (ProcessId process : standings.processes()) {
            Standing standing = standing(process);
            highest = Math.max(highest, Math.max(roundOf(standing.promised()), roundOf(standing.ballot())));
            highest = Math.max(highest, roundOf(standing.answered()));
        }
        ballot =
                new Ballot(base().number(), highest + 1, group.rank(self.name()).orElseThrow());
        asked = wanted;
        proposed = null;
        answered = ballot;
        moveTo(Step.ASK);
    }

    private long roundOf(Ballot other) {
        return other.isFor(base().number()) ? other.round() : 0;
    }

    private void moveTo(Step next) {
        step = next;
        stepSinceNanos = clock.nanos();
        say();
    }

    private boolean hasAnswered(ProcessId process) {
        return process.equals(self) || standing(process).answered().equals(ballot);
    }

    private boolean hasReported(ProcessId process) {
        return process.equals(self)
                ? promised.equals(ballot)
                : standing(process).promised().equals(ballot);
    }

    /** Whether all have reported whose reports the cut must cover. */
    private boolean reported() {
        if (view.number() == 0) {
            return asked.stream().allMatch(this::hasReported);
        }
        for (ProcessId member : view.members()) {
            boolean needed = asked.contains(member) || (leaves(member) && !surroundings.suspects(member));
            if (needed && !hasReported(member)) {
                return false;
            }
        }
        return quorums.enough(view.members(), this::hasReported, this::isGone, quorums.toAgree(view, group));
    }

    /** The proposal that follows from the reports. */
    private Proposal proposal() {
        Collection<ProcessId> members = view.number() == 0 ? asked : view.members();
        List<Standing> reports =
                members.stream().filter(this::hasReported).map(this::standing).toList();
        Ballot latest = Ballot.NONE;
        Proposal earlier = null;
        for (Standing report : reports) {
            if (report.accepted().isFor(base().number()) && report.accepted().compareTo(latest) > 0) {
                latest = report.accepted();
                earlier = report.acceptedProposal();
            }
        }
        if (earlier != null) {
            return earlier;
        }
        return new Proposal(base().members(), base().next(List.copyOf(asked)), highest(reports));
    }

    private SortedMap<String, long[]> highest(List<Standing> reports) {
        SortedMap<String, long[]> cuts = new TreeMap<>();
        for (Standing report : reports) {
            report.held().forEach((service, held) -> {
                long[] cut = cuts.computeIfAbsent(service, unused -> new long[view.size()]);
                for (int source = 0; source < cut.length; source++) {
                    cut[source] = Math.max(cut[source], held[source]);
                }
            });
        }
        return Collections.unmodifiableSortedMap(cuts);
    }

    private boolean accepted(Proposal proposal, Ballot inBallot) {
        if (view.number() == 0 && memory != null) {
            return acceptedByNames(inBallot);
        }
        Collection<ProcessId> acceptors = view.number() == 0 ? proposal.next().members() : view.members();
        return quorums.enough(
                acceptors,
                process -> (process.equals(self) ? accepted : standing(process).accepted()).equals(inBallot),
                process -> view.number() == 0
                        ? !surroundings.gone(List.of(process)).isEmpty()
                        : isGone(process),
                quorums.toAgree(view, group));
    }

    /** What was accepted before a restart counts as what is accepted after it: it was on disk before it was said. */
    private boolean acceptedByNames(Ballot inBallot) {
        Set<String> names = new HashSet<>();
        for (ProcessId process : standings.processes()) {
            if ((process.equals(self) ? accepted : standing(process).accepted()).equals(inBallot)) {
                names.add(process.name());
            }
        }
        return quorums.enough(
                namesOfBase().stream().map(ProcessId::named).toList(),
                process -> names.contains(process.name()),
                process -> false,
                quorums.toAgree(base(), group));
    }

    // Supply

    private void supply() {
        Proposal cutOfThis = decided != null ? decided : expected;
        if (cutOfThis != null && view.number() > 0) {
            supply.supply(cutOfThis, view, participants);
        }
        Proposal former = installed;
        if (former != null && !settled) {
            supply.supply(former, new View(former.next().number() - 1, former.before()), participants);
        }
    }

    // Install

    private void installDecided() {
        Proposal next = decided;
        if (next == null) {
            return;
        }
        if (view.number() > 0) {
            stop();
            expect(next);
            if (!holds(next)) {
                return;
            }
            boolean delivered = true;
            for (ViewParticipant participant : participants) {
                delivered &= participant.cut(next.cut(participant.name()));
            }
            if (!delivered) {
                return;
            }
        }
        handingOver = !handover.mayInstall(next);
        if (handingOver) {
            return;
        }
        View former = view;
        view = next.next();
        installed = next;
        heardOfView = true;
        settled = false;
        stopped = false;
        expected = null;
        decided = null;
        promised = Ballot.NONE;
        accepted = Ballot.NONE;
        acceptedProposal = null;
        step = Step.NONE;
        proposed = null;
        supply.forget();
        remembered = null;
        hasMemory = memory != null;
        remember();
        for (ViewParticipant participant : participants) {
            participant.install(view, next.base(participant.name()));
        }
        say();
        outcome.installed(former, next);
    }

    /** What was kept for those that had not installed the view goes when all have. */
    private void settle() {
        Proposal last = installed;
        if (settled || last == null) {
            return;
        }
        for (ProcessId member : last.before()) {
            if (last.keeps(member)
                    && !member.equals(self)
                    && standing(member).view() < last.next().number()) {
                return;
            }
        }
        settled = true;
        participants.forEach(ViewParticipant::settled);
    }

    // What this process says of itself

    /** What must not be forgotten is on disk before anybody hears of it. */
    private void remember() {
        if (memory != null) {
            memory.keep(view.number() == 0 ? remembered : installed, promised, accepted, acceptedProposal);
        }
    }

    private void say() {
        remember();
        SortedMap<String, long[]> held = new TreeMap<>();
        if (stopped) {
            participants.forEach(participant -> held.put(participant.name(), participant.held()));
        }
        standings.say(new Standing(
                installed,
                view.number() == 0 ? remembered : null,
                answered,
                promised,
                held,
                accepted,
                acceptedProposal,
                surroundings.gone(view.members()),
                leaving,
                step,
                ballot,
                proposed));
    }

    private Standing standing(ProcessId process) {
        Standing standing = standings.of(process);
        return standing == null ? Standing.FIRST : standing;
    }
}
