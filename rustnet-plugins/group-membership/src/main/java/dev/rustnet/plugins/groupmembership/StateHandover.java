package dev.rustnet.plugins.groupmembership;

import dev.rustnet.bus.Subscription;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.StateTransfer;
import dev.rustnet.link.PerfectLinks;
import dev.rustnet.plugins.groupmembership.StateMessage.Done;
import dev.rustnet.plugins.groupmembership.StateMessage.Offer;
import dev.rustnet.plugins.groupmembership.StateMessage.Part;
import dev.rustnet.plugins.groupmembership.StateMessage.Progress;
import dev.rustnet.plugins.groupmembership.StateMessage.Take;
import dev.rustnet.plugins.groupmembership.StateMessage.Withdrawn;
import dev.rustnet.time.Clock;
import dev.rustnet.time.Timers;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Hands the registered states to those that join, between the cut of a view and the next one.
 *
 * <p>Properties: a joiner that installs its first view has the state that every member that goes on to it has at its cut (state at
 * the cut). A joiner that is correct and not suspected until it has the state installs the view, or ends, within bounded time,
 * and no member waits longer than that (bounded pause). A joiner or a member that crashes in it delays the others and changes nothing else.
 *
 * <p>How: a member that is at the cut offers its state to all joiners and waits for them. A joiner asks one of those that offered,
 * reads, and installs, which its standing says to everybody, so that nothing more need be said. When that member dies, the joiner
 * asks the next one from the start. Members wait for joiners, joiners for any one member, and members never for each other: so
 * nobody waits in a circle.
 *
 * <p>Assumptions: perfect links; the states follow from deliveries and views alone, so that all members have the same at the cut.
 *
 * <p>Complexity: for each joiner one offer of each member, one request, the chunks, and one message of progress for every 128 KiB.
 *
 * <p>Source: view-synchronous state transfer as in ISIS (Birman and Joseph 1987); the flush of CGR 6.8 extended by it.
 */
final class StateHandover implements ViewAgreement.Handover {
    /** What it must know of the others. */
    interface Surroundings {
        /** Whether the change is to wait for that joiner: it is not suspected, and no later incarnation of it is there. */
        boolean expects(ProcessId joiner);

        boolean suspects(ProcessId process);

        /** The number of the view that is in force at that process, as it says; 0 for none. */
        long installed(ProcessId process);

        /** Whether this process is in a view. */
        boolean isMember();

        /** A view that holds this process is agreed on. */
        void agreed(Proposal next);

        /** Something may be possible that was not before. */
        void news();
    }

    /** What a person should know, and what ends this process. */
    interface Reports {
        void handedOver(ProcessId joiner, long view, long bytes, long nanos);

        void gaveUp(ProcessId joiner, long view, String why);

        void writerFailed(ProcessId joiner, String state, Throwable cause);

        void taken(ProcessId member, long view, long bytes);

        void nothingToTake(long view, Iterable<String> states);

        void unknownStates(ProcessId member, Iterable<String> states);

        void abandonFailed(Throwable cause);

        void malformed(ProcessId from);

        /** This process must not go on: the others have, and it has no state. */
        void ended(long view, String why);

        /** This process must not go on: what it has is no state. */
        void readerFailed(String state, long view, Throwable cause);
    }

    // Injected
    private final ProcessId self;
    private final Surroundings surroundings;
    private final Reports reports;
    private final StateCodec codec;
    private final StateDonor donor;
    private final StateJoiner joiner;

    // State
    private final SortedMap<String, StateTransfer> transfers = new TreeMap<>();
    private boolean started;

    StateHandover(
            Group group,
            ProcessId self,
            PerfectLinks links,
            Clock clock,
            Timers timers,
            Duration timeout,
            Surroundings surroundings,
            Reports reports) {
        this.self = self;
        this.surroundings = surroundings;
        this.reports = reports;
        codec = new StateCodec(group);
        StatePost post = new StatePost(links, codec, this::roomAgain);
        SortedMap<String, StateTransfer> registered = Collections.unmodifiableSortedMap(transfers);
        donor = new StateDonor(registered, surroundings, post, clock, timers, timeout, reports);
        joiner = new StateJoiner(registered, surroundings, post, clock, timeout, reports);
        links.onReceive(this::receive);
    }

    private void roomAgain() {
        donor.send();
    }

    Subscription register(String name, StateTransfer transfer) {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length == 0 || length > StateCodec.MAX_NAME) {
            throw new IllegalArgumentException("the name of a state has 1 to " + StateCodec.MAX_NAME + " bytes, not "
                    + length + ": \"" + name + '"');
        }
        if (started) {
            throw new IllegalStateException("the state \"" + name + "\" is registered after the node has started:"
                    + " register it between NodeBuilder.build() and Node.start(), or in a component's start");
        }
        if (transfers.containsKey(name)) {
            throw new IllegalStateException("there is a state \"" + name + "\" already; give each its own name");
        }
        if (transfers.size() == StateCodec.MAX_STATES) {
            throw new IllegalStateException("there are " + transfers.size() + " states already, and no room for \""
                    + name + "\": put several into one");
        }
        transfers.put(name, transfer);
        return () -> transfers.remove(name, transfer);
    }

    /** The node has started: all states are registered. */
    void start() {
        started = true;
    }

    /** Joiners for which this process holds up a change, with the bytes sent to each; for a message. */
    Map<ProcessId, Long> awaited() {
        return donor.awaited();
    }

    @Override
    public boolean mayInstall(Proposal next) {
        if (next.before().isEmpty() || !next.next().members().contains(self)) {
            return true;
        }
        return next.before().contains(self) ? donor.mayInstall(next) : joiner.mayInstall(next);
    }

    private void receive(ProcessId from, ByteBuffer bytes) {
        StateMessage message;
        try {
            message = codec.read(bytes);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            reports.malformed(from);
            return;
        }
        if (message instanceof Take take) {
            donor.take(from, take);
        } else if (message instanceof Progress progress) {
            donor.progress(from, progress);
        } else if (!surroundings.isMember()) {
            receiveAsJoiner(from, message);
        }
        // A member is told nothing: what comes now was sent before it was known to have installed.
    }

    private void receiveAsJoiner(ProcessId from, StateMessage message) {
        if (message instanceof Part part) {
            joiner.part(from, part);
            return;
        }
        if (message instanceof Offer offer) {
            if (!offer.next().keeps(from)
                    || offer.next().before().contains(self)
                    || !offer.next().next().members().contains(self)) {
                reports.malformed(from);
                return;
            }
            surroundings.agreed(offer.next());
            joiner.offer(from, offer);
        } else if (message instanceof Done done) {
            joiner.done(from, done);
        } else if (message instanceof Withdrawn withdrawn) {
            joiner.withdrawn(from, withdrawn);
        }
        surroundings.news();
    }
}
