package dev.rustnet.plugins.groupmembership;

import dev.rustnet.group.ProcessId;
import dev.rustnet.group.StateTransfer;
import dev.rustnet.plugins.groupmembership.StateMessage.Offer;
import dev.rustnet.plugins.groupmembership.StateMessage.Progress;
import dev.rustnet.plugins.groupmembership.StateMessage.Take;
import dev.rustnet.plugins.groupmembership.StateMessage.Withdrawn;
import dev.rustnet.time.Clock;
import dev.rustnet.time.Timers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A member that is at the cut of its view, and gives each process that joins the state there before it goes on. It offers the
 * state to all of them, sends it to those that ask for it, and waits until each has installed the view, is suspected, or has
 * taken too long. It waits for joiners alone, never for another member: whoever goes on without a joiner tells it so.
 */
final class StateDonor {
    // Injected
    private final SortedMap<String, StateTransfer> transfers;
    private final StateHandover.Surroundings surroundings;
    private final StatePost post;
    private final Clock clock;
    private final Timers timers;
    private final Duration timeout;
    private final StateHandover.Reports reports;

    // State
    private @Nullable Proposal next;
    private long sinceNanos;
    private boolean turnDue;
    private final Map<ProcessId, OutgoingState> outgoing = new TreeMap<>();
    /** Joiners for whom this process waits no longer, and why. */
    private final Map<ProcessId, String> withdrawn = new TreeMap<>();

    /** @param timeout how long to wait for joiners, from the moment at which this process is at the cut */
    StateDonor(
            SortedMap<String, StateTransfer> transfers,
            StateHandover.Surroundings surroundings,
            StatePost post,
            Clock clock,
            Timers timers,
            Duration timeout,
            StateHandover.Reports reports) {
        this.transfers = transfers;
        this.surroundings = surroundings;
        this.post = post;
        this.clock = clock;
        this.timers = timers;
        this.timeout = timeout;
        this.reports = reports;
    }

    /** Whether this member, which has delivered its cut, may go on. */
    boolean mayInstall(Proposal decided) {
        Proposal present = next;
        if (present == null || present.next().number() != decided.next().number()) {
            begin(decided);
        }
        if (!awaited().isEmpty()) {
            return false;
        }
        withdrawn.forEach((joiner, why) -> post.send(joiner, new Withdrawn(number(), why)));
        next = null;
        outgoing.clear();
        withdrawn.clear();
        return true;
    }

    private void begin(Proposal decided) {
        next = decided;
        sinceNanos = clock.nanos();
        outgoing.clear();
        withdrawn.clear();
        for (ProcessId joiner : joiners()) {
            if (surroundings.installed(joiner) < number()) {
                post.send(joiner, new Offer(decided, new TreeSet<>(transfers.keySet())));
            }
        }
    }

    private long number() {
        Proposal present = next;
        return present == null ? 0 : present.next().number();
    }

    private List<ProcessId> joiners() {
        Proposal present = next;
        return present == null
                ? List.of()
                : present.next().members().stream()
                        .filter(member -> !present.before().contains(member))
                        .toList();
    }

    /** The joiners for whom this process waits now, with the bytes sent to each; gives up those that are not to be waited for. */
    Map<ProcessId, Long> awaited() {
        Map<ProcessId, Long> awaited = new LinkedHashMap<>();
        if (transfers.isEmpty()) {
            return awaited;
        }
        boolean over = clock.nanos() - sinceNanos >= timeout.toNanos();
        for (ProcessId joiner : joiners()) {
            if (surroundings.installed(joiner) >= number()) {
                arrived(joiner);
            } else if (!withdrawn.containsKey(joiner)) {
                if (!surroundings.expects(joiner)) {
                    giveUp(joiner, "it was suspected, or has ended");
                } else if (over) {
                    giveUp(
                            joiner,
                            "it did not have the state within " + timeout.toMillis() / 1000.0
                                    + " s (group-membership.state-timeout)");
                } else {
                    OutgoingState state = outgoing.get(joiner);
                    awaited.put(joiner, state == null ? 0 : state.bytes());
                }
            }
        }
        return awaited;
    }

    private void arrived(ProcessId joiner) {
        OutgoingState state = outgoing.remove(joiner);
        if (state != null) {
            reports.handedOver(joiner, number(), state.bytes(), clock.nanos() - sinceNanos);
        }
    }

    private void giveUp(ProcessId joiner, String why) {
        outgoing.remove(joiner);
        withdrawn.put(joiner, why);
        reports.gaveUp(joiner, number(), why);
    }

    void take(ProcessId from, Take take) {
        if (take.view() == number() && awaited().containsKey(from)) {
            outgoing.put(from, new OutgoingState(from, take, transfers, post));
            send();
        }
    }

    void progress(ProcessId from, Progress progress) {
        OutgoingState state = outgoing.get(from);
        if (progress.view() == number() && state != null && state.attempt() == progress.attempt()) {
            state.read(progress.weight());
            send();
        }
    }

    /** Sends to each that waits what there is room for, and the rest in a later turn. */
    void send() {
        boolean more = false;
        for (Map.Entry<ProcessId, OutgoingState> each : List.copyOf(outgoing.entrySet())) {
            if (awaited().containsKey(each.getKey())) {
                more |= send(each.getKey(), each.getValue());
            }
        }
        if (more && !turnDue) {
            turnDue = true;
            timers.after(Duration.ZERO, () -> {
                turnDue = false;
                send();
            });
        }
    }

    private boolean send(ProcessId joiner, OutgoingState state) {
        try {
            return state.send() == OutgoingState.Turn.SHARE_USED;
        } catch (RuntimeException | Error e) {
            outgoing.remove(joiner);
            withdrawn.put(joiner, "its writer of the state \"" + state.current() + "\" failed: " + e);
            reports.writerFailed(joiner, state.current(), e);
            return false;
        }
    }
}
