package dev.rustnet.failure;

import dev.rustnet.bus.Subscription;
import dev.rustnet.bus.Topic;
import dev.rustnet.group.ProcessId;
import java.time.Duration;

/**
 * The eventually perfect failure detector (CGR 2.6.4, module 2.8): strong completeness (EPFD1: a crashed process is
 * eventually suspected for good by every correct one) and eventual strong accuracy (EPFD2: from some time on no correct
 * process is suspected). A suspicion can be wrong and can be taken back; it destroys nothing.
 *
 * <p>A process that no other one is known to have met is not suspected: it has not joined yet. All methods are called on the loop, or
 * while the node is built.
 */
public interface FailureDetector {
    /** Published with each suspicion. A notice: protocols use the listener. */
    Topic<ProcessSuspected> PROCESS_SUSPECTED = Topic.of("failure-detector.process-suspected", ProcessSuspected.class);

    /** Published when a suspicion is taken back. */
    Topic<ProcessRestored> PROCESS_RESTORED = Topic.of("failure-detector.process-restored", ProcessRestored.class);

    /**
     * @param process the process suspected
     * @param evidence what was seen, for a person to read
     */
    record ProcessSuspected(ProcessId process, String evidence) {}

    /** @param process the process suspected no more */
    record ProcessRestored(ProcessId process) {}

    /** Whether that process is suspected now. Ask with its incarnation: a name that nobody has met is not suspected. */
    boolean suspects(ProcessId process);

    /** Registers for suspicions and restorations, and replays the present suspicions before it returns. */
    Subscription listen(SuspicionListener listener);

    /** The time without any sign of life after which a process is suspected. */
    Duration timeout();

    /** Called on the loop, once for each change. */
    interface SuspicionListener {
        /** {@code process} gives no sign of life. */
        void suspect(ProcessId process);

        /** {@code process} gave a sign of life again: the suspicion was wrong, or is over. */
        void restore(ProcessId process);
    }
}
