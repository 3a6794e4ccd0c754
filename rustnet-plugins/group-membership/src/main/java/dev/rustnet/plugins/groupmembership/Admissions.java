package dev.rustnet.plugins.groupmembership;

import dev.rustnet.failure.FailureDetector;
import dev.rustnet.group.Admission;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.link.FairLossLinks;
import dev.rustnet.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may be connected with: the members of the view, and newcomers whose name is free or whose former incarnation gives no
 * sign of life. Incarnations of a name are ordered: one that a view has held and a later one has not never comes back.
 */
final class Admissions {
    // Injected
    private final Group group;
    private final ProcessId self;
    private final FairLossLinks links;
    private final FailureDetector detector;
    private final Departures departures;
    private final Clock clock;
    private final Function<String, @Nullable ProcessId> present;

    // State
    private final Map<String, Claim> claims = new HashMap<>();
    private final Map<String, Long> ended = new HashMap<>();

    /**
     * Another incarnation that asks for the place of a process which may still live.
     *
     * @param newcomer who asks
     * @param sinceNanos when it first did
     */
    private record Claim(ProcessId newcomer, long sinceNanos) {}

    /** @param present the process that has a name now: a member of the view, or connected; null when nobody has it */
    Admissions(
            Group group,
            ProcessId self,
            FairLossLinks links,
            FailureDetector detector,
            Departures departures,
            Clock clock,
            Function<String, @Nullable ProcessId> present) {
        this.group = group;
        this.self = self;
        this.links = links;
        this.detector = detector;
        this.departures = departures;
        this.clock = clock;
        this.present = present;
    }

    /** A view without that process follows one that held it. */
    void end(ProcessId process) {
        ended.merge(process.name(), process.incarnation(), Math::max);
    }

    Admission admit(ProcessId newcomer, String address) {
        int rank = group.rank(newcomer.name()).orElse(-1);
        if (rank < 0) {
            return new Admission.Refused(newcomer + " at " + address + " is not in the peer list of " + self
                    + ", which names "
                    + group.members().stream().map(Group.Member::name).collect(Collectors.joining(", "))
                    + "; add it to the list of every process, or correct its name");
        }
        if (newcomer.name().equals(self.name())) {
            return new Admission.Refused(twoOfOneName(newcomer, address, rank));
        }
        long last = ended.getOrDefault(newcomer.name(), 0L);
        if (newcomer.incarnation() < last) {
            return outdated(newcomer, address, rank, last);
        }
        if (newcomer.incarnation() == last) {
            return new Admission.Excluded("the group has gone on without " + newcomer
                    + ", which was silent for too long, left, or was started again; it can join as a new incarnation");
        }
        ProcessId holder = present.apply(newcomer.name());
        if (holder == null || holder.equals(newcomer)) {
            return new Admission.Accepted();
        }
        if (newcomer.incarnation() < holder.incarnation()) {
            return outdated(newcomer, address, rank, holder.incarnation());
        }
        return admitRestarted(newcomer, holder, address, rank);
    }

    private Admission outdated(ProcessId newcomer, String address, int rank, long highest) {
        return new Admission.Outdated(
                "this incarnation of " + newcomer + " at " + address + " is older than one that has taken part, at "
                        + group.members().get(rank).address()
                        + ": a clock was set back, or two processes have one name",
                highest);
    }

    /**
     * Either the process crashed and this is its restart, or two processes have one name. Whether the former still lives shows
     * within the detector's timeout.
     */
    private Admission admitRestarted(ProcessId newcomer, ProcessId holder, String address, int rank) {
        if (departures.suspects(holder)) {
            claims.remove(newcomer.name());
            return new Admission.Accepted();
        }
        Claim claim = claims.get(newcomer.name());
        if (claim == null || !claim.newcomer().equals(newcomer)) {
            claims.put(newcomer.name(), new Claim(newcomer, clock.nanos()));
            return new Admission.Held();
        }
        if (links.lastHeardNanos(rank) - claim.sinceNanos() > 0) {
            claims.remove(newcomer.name());
            return new Admission.Refused(twoOfOneName(newcomer, address, rank));
        }
        return clock.nanos() - claim.sinceNanos() > detector.timeout().toNanos()
                ? new Admission.Accepted()
                : new Admission.Held();
    }

    private String twoOfOneName(ProcessId newcomer, String address, int rank) {
        String running = group.members().get(rank).address();
        return running.equals(address)
                ? "two processes have the name " + newcomer + ", and both say that they are at " + address
                        + ": one is running already; end one of them, or give each its own name and address"
                : "two processes have the name " + newcomer + ": one at " + running + ", which is running, and one at "
                        + address + "; give each its own name";
    }
}
