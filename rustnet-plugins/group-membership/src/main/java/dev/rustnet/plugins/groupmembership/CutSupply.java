package dev.rustnet.plugins.groupmembership;

import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.group.ViewParticipant;
import dev.rustnet.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings members that have stopped and lack some of a cut up to it: each message is sent by the first member that holds it and
 * is not suspected; once that has not helped for too long, by all.
 */
final class CutSupply {
    /** What a member that lacks some of a cut was sent last. */
    private static final class Supplied {
        private @Nullable Proposal proposal;
        private long heldInAll;
        private long sinceNanos;
    }

    // Injected
    private final ProcessId self;
    private final Standings standings;
    private final ViewAgreement.Surroundings surroundings;
    private final Clock clock;
    private final long patienceNanos;

    // State
    private final Map<ProcessId, Supplied> supplied = new HashMap<>();

    CutSupply(
            ProcessId self,
            Standings standings,
            ViewAgreement.Surroundings surroundings,
            Clock clock,
            long patienceNanos) {
        this.self = self;
        this.standings = standings;
        this.surroundings = surroundings;
        this.clock = clock;
        this.patienceNanos = patienceNanos;
    }

    /** Another view: what was sent before is of no interest. */
    void forget() {
        supplied.clear();
    }

    /** Sends each member of {@code ending} what it lacks of the cut, as far as that is this process's part. */
    void supply(Proposal proposal, View ending, List<ViewParticipant> participants) {
        for (ProcessId member : ending.members()) {
            Standing standing = standings.of(member);
            if (!member.equals(self) && standing != null && isStoppedIn(ending, standing)) {
                supply(proposal, ending, participants, member, standing);
            }
        }
    }

    private static boolean isStoppedIn(View ending, Standing standing) {
        return standing.view() == ending.number() && !standing.held().isEmpty();
    }

    private void supply(
            Proposal proposal, View ending, List<ViewParticipant> participants, ProcessId member, Standing standing) {
        Supplied last = supplied.computeIfAbsent(member, unused -> new Supplied());
        long heldInAll =
                standing.held().values().stream().flatMapToLong(Arrays::stream).sum();
        boolean begins = !proposal.sameAs(last.proposal);
        boolean progress = heldInAll != last.heldInAll;
        boolean stuck = !progress && clock.nanos() - last.sinceNanos >= patienceNanos;
        last.heldInAll = heldInAll;
        if (begins || progress || stuck) {
            last.sinceNanos = clock.nanos();
        }
        if (begins || stuck) {
            last.proposal = proposal;
            for (ViewParticipant participant : participants) {
                long[] held = standing.held(participant.name());
                if (held != null && held.length == ending.size()) {
                    participant.supply(
                            member, ending, held, share(proposal, ending, participant.name(), held, stuck && !begins));
                }
            }
        }
    }

    /** Up to where this process sends each source's messages. */
    private long[] share(Proposal proposal, View ending, String service, long[] held, boolean helpOut) {
        long[] cut = proposal.cut(service);
        long[] share = held.clone();
        for (int source = 0; source < cut.length; source++) {
            if (helpOut || isSupplier(ending, service, source, cut[source])) {
                share[source] = Math.max(held[source], cut[source]);
            }
        }
        return share;
    }

    /** Whether this process is the first of those that hold these messages and are not suspected. */
    private boolean isSupplier(View ending, String service, int source, long cut) {
        for (ProcessId member : ending.members()) {
            if (member.equals(self)) {
                return true;
            }
            Standing standing = standings.of(member);
            if (standing != null && holds(standing, ending, service, source, cut) && !surroundings.suspects(member)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Standing standing, View ending, String service, int source, long cut) {
        if (standing.view() != ending.number()) {
            return standing.view() > ending.number();
        }
        long[] held = standing.held(service);
        return held != null && held.length > source && held[source] >= cut;
    }
}
