package dev.rustnet.failure;

import dev.rustnet.bus.Subscription;
import dev.rustnet.bus.Topic;
import dev.rustnet.group.ProcessId;

/**
 * The perfect failure detector (CGR 2.6.2, module 2.6): strong completeness (PFD1: a crashed process is eventually
 * detected for good by every correct one) and strong accuracy (PFD2: no process is detected before it crashes). It
 * exists only under synchrony, which whoever configures a node must be ready to assume.
 */
public interface PerfectFailureDetector {
    /** Published with each crash. A notice: protocols use the listener. */
    Topic<ProcessCrashed> PROCESS_CRASHED = Topic.of("failure-detector.process-crashed", ProcessCrashed.class);

    /**
     * @param process the process that crashed
     * @param evidence what was seen, for a person to read
     */
    record ProcessCrashed(ProcessId process, String evidence) {}

    /** Whether that process has crashed. */
    boolean crashed(ProcessId process);

    /** Registers for crashes, and replays those known before it returns. Called on the loop or while building. */
    Subscription listen(CrashListener listener);

    /** Called on the loop, once for each process that crashes. */
    interface CrashListener {
        /** {@code process} has crashed, for good. */
        void crash(ProcessId process);
    }
}
