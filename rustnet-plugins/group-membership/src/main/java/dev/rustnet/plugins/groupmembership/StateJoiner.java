package dev.rustnet.plugins.groupmembership;

import dev.rustnet.group.ProcessId;
import dev.rustnet.group.StateReader;
import dev.rustnet.group.StateTransfer;
import dev.rustnet.plugins.groupmembership.StateMessage.Done;
import dev.rustnet.plugins.groupmembership.StateMessage.Offer;
import dev.rustnet.plugins.groupmembership.StateMessage.Part;
import dev.rustnet.plugins.groupmembership.StateMessage.Progress;
import dev.rustnet.plugins.groupmembership.StateMessage.Take;
import dev.rustnet.plugins.groupmembership.StateMessage.Withdrawn;
import dev.rustnet.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A process that joins, and installs its first view once it has the state at its cut. It alone chooses who sends it: the first
 * member that has offered it and that it does not suspect; when that one dies or gives up, the next sends all from the start.
 * When all have gone on without it, or nobody gives it the state in time, it must not go on.
 */
final class StateJoiner {
    /** So much is read before the member that sends is told so. */
    private static final long TELL = OutgoingState.UNDER_WAY / 4;

    // Injected
    private final SortedMap<String, StateTransfer> transfers;
    private final StateHandover.Surroundings surroundings;
    private final StatePost post;
    private final Clock clock;
    private final Duration timeout;
    private final StateHandover.Reports reports;

    // State
    private @Nullable Proposal next;
    /** What each member offers of what is registered here; nothing where it has none of it. */
    private final Map<ProcessId, SortedSet<String>> offers = new TreeMap<>();

    private final Map<ProcessId, String> withdrawn = new TreeMap<>();
    private long sinceNanos;
    private boolean ended;

    // State of an attempt
    private long attempt;
    private @Nullable ProcessId source;
    private List<String> names = List.of();
    private final List<StateReader> readers = new ArrayList<>();
    private long bytes;
    private long weight;
    private long weightTold;
    private boolean complete;

    /** @param timeout how long to wait for the state, from the latest offer on */
    StateJoiner(
            SortedMap<String, StateTransfer> transfers,
            StateHandover.Surroundings surroundings,
            StatePost post,
            Clock clock,
            Duration timeout,
            StateHandover.Reports reports) {
        this.transfers = transfers;
        this.surroundings = surroundings;
        this.post = post;
        this.clock = clock;
        this.timeout = timeout;
        this.reports = reports;
    }

    /** Whether this process, which is new in the view that was decided, may install it. */
    boolean mayInstall(Proposal decided) {
        if (transfers.isEmpty()) {
            return true;
        }
        if (next == null) {
            next = decided;
            sinceNanos = clock.nanos();
        }
        if (complete && !ended) {
            return completeAll();
        }
        ProcessId present = source;
        if (present != null && surroundings.suspects(present)) {
            abandon();
        }
        if (source == null && !ended && nothingToTake(decided)) {
            return true;
        }
        if (clock.nanos() - sinceNanos >= timeout.toNanos()) {
            end("it did not have the state within " + timeout.toMillis() / 1000.0
                    + " s (group-membership.state-timeout)");
        }
        return false;
    }

    private long number() {
        Proposal present = next;
        return present == null ? 0 : present.next().number();
    }

    private boolean completeAll() {
        for (int state = 0; state < readers.size(); state++) {
            try {
                readers.get(state).complete();
            } catch (RuntimeException | Error e) {
                fail(state, e);
                return false;
            }
        }
        ProcessId from = source;
        if (from != null) {
            reports.taken(from, number(), bytes);
        }
        readers.clear();
        return true;
    }

    /** Asks the next member for its state, if there is one. @return whether no member has a state for this process */
    private boolean nothingToTake(Proposal decided) {
        boolean allHaveNothing = true;
        boolean hope = false;
        for (ProcessId member : decided.before()) {
            if (!decided.keeps(member)) {
                continue;
            }
            SortedSet<String> offered = offers.get(member);
            boolean suspected = surroundings.suspects(member);
            allHaveNothing &= offered != null && offered.isEmpty();
            if (withdrawn.containsKey(member) || suspected) {
                continue;
            }
            if (offered == null) {
                hope = true;
            } else if (!offered.isEmpty()) {
                take(member, offered);
                return false;
            }
        }
        if (allHaveNothing) {
            reports.nothingToTake(number(), transfers.keySet());
        } else if (!hope && !withdrawn.isEmpty()) {
            List<String> reasons = new ArrayList<>();
            withdrawn.forEach((member, why) -> reasons.add(member + " went on without it: " + why));
            end("no member gives it the state any more (" + String.join("; ", reasons) + ")");
        }
        return allHaveNothing;
    }

    private void take(ProcessId member, SortedSet<String> offered) {
        attempt++;
        source = member;
        names = List.copyOf(offered);
        bytes = 0;
        weight = 0;
        weightTold = 0;
        for (int state = 0; state < names.size(); state++) {
            try {
                readers.add(reader(names.get(state)));
            } catch (RuntimeException | Error e) {
                fail(state, e);
                return;
            }
        }
        post.send(member, new Take(number(), attempt, new TreeSet<>(offered)));
    }

    private StateReader reader(String name) {
        StateTransfer transfer = transfers.get(name);
        if (transfer == null) {
            throw new IllegalStateException("it is not registered any more");
        }
        return transfer.readState();
    }

    /** What was read counts for nothing. */
    private void abandon() {
        source = null;
        List<StateReader> partial = List.copyOf(readers);
        readers.clear();
        for (StateReader reader : partial) {
            try {
                reader.abandoned();
            } catch (RuntimeException | Error e) {
                reports.abandonFailed(e);
            }
        }
    }

    private void end(String why) {
        if (!ended) {
            ended = true;
            abandon();
            reports.ended(number(), why);
        }
    }

    private void fail(int state, Throwable cause) {
        ended = true;
        reports.readerFailed(names.get(state), number(), cause);
    }

    // What members say

    void offer(ProcessId from, Offer offer) {
        next = next == null ? offer.next() : next;
        SortedSet<String> known = new TreeSet<>(offer.names());
        known.retainAll(transfers.keySet());
        if (known.size() < offer.names().size()) {
            SortedSet<String> unknown = new TreeSet<>(offer.names());
            unknown.removeAll(known);
            reports.unknownStates(from, unknown);
        }
        offers.put(from, known);
        sinceNanos = clock.nanos();
    }

    void part(ProcessId from, Part part) {
        if (!isOfThisAttempt(from, part.view(), part.attempt()) || part.state() >= readers.size()) {
            return; // of an attempt that was abandoned: the member learns it when this process has installed
        }
        try {
            readers.get(part.state()).read(part.chunk());
        } catch (RuntimeException | Error e) {
            fail(part.state(), e);
            return;
        }
        bytes += part.chunk().length;
        weight += part.weight();
        if (weight - weightTold >= TELL) {
            weightTold = weight;
            post.send(from, new Progress(number(), attempt, weight));
        }
    }

    void done(ProcessId from, Done done) {
        complete |= isOfThisAttempt(from, done.view(), done.attempt());
    }

    void withdrawn(ProcessId from, Withdrawn message) {
        if (message.view() != number()) {
            return;
        }
        withdrawn.put(from, message.sentence());
        if (from.equals(source) && !complete) {
            abandon();
        }
    }

    private boolean isOfThisAttempt(ProcessId from, long view, long ofAttempt) {
        return !ended && !complete && from.equals(source) && view == number() && ofAttempt == attempt;
    }
}
