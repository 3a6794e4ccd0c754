package dev.rustnet.testkit.simulation;

import dev.rustnet.failure.FailureDetector;
import dev.rustnet.failure.PerfectFailureDetector;
import dev.rustnet.group.ProcessId;
import dev.rustnet.testkit.events.Event;

/** Records what the failure detector of each process says: crashes alone where there is a perfect one. */
public final class DetectorWatch {
    private DetectorWatch() {}

    /** To be given to {@link SimulationBuilder#onBuild}. */
    public static void on(SimulatedProcess process) {
        SimulatedProcess.Incarnation incarnation = process.incarnation();
        process.node()
                .findService(PerfectFailureDetector.class)
                .ifPresentOrElse(
                        perfect -> perfect.listen(
                                crashed -> process.record(incarnation, new Event.Suspect(process.numberOf(crashed)))),
                        () -> process.node()
                                .service(FailureDetector.class)
                                .listen(new FailureDetector.SuspicionListener() {
                                    @Override
                                    public void suspect(ProcessId suspected) {
                                        process.record(incarnation, new Event.Suspect(process.numberOf(suspected)));
                                    }

                                    @Override
                                    public void restore(ProcessId restored) {
                                        process.record(incarnation, new Event.Restore(process.numberOf(restored)));
                                    }
                                }));
    }
}
