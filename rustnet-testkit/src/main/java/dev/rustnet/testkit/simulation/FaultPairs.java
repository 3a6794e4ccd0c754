package dev.rustnet.testkit.simulation;

/** Which fault ends what another one began. Pure. */
final class FaultPairs {
    private FaultPairs() {}

    static boolean together(Fault begin, Fault end) {
        if (begin instanceof Fault.Partition || begin instanceof Fault.OneWay) {
            return end instanceof Fault.Heal || end instanceof Fault.HealBetween;
        } else if (begin instanceof Fault.Pause pause) {
            return end instanceof Fault.Resume resume && pause.process().equals(resume.process());
        } else if (end instanceof Fault.Restart restart) {
            return (begin instanceof Fault.Crash crash && crash.process().equals(restart.process()))
                    || (begin instanceof Fault.CrashAtEvent event
                            && event.process().equals(restart.process()));
        }
        return false;
    }
}
