package dev.rustnet.testkit.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a fault may be replaced by to be easier to understand. Pure. */
final class PlainerFaults {
    private PlainerFaults() {}

    /** The plainest first. */
    static List<Fault> than(Fault fault) {
        List<Fault> plainer = new ArrayList<>();
        if (fault instanceof Fault.Crash crash) {
            if (crash.host() || crash.sends() > 0) {
                plainer.add(new Fault.Crash(crash.process(), false, 0));
            }
            for (int sends = 1; sends < crash.sends(); sends++) {
                plainer.add(new Fault.Crash(crash.process(), false, sends));
            }
        } else if (fault instanceof Fault.CrashAtEvent crash) {
            plainer.add(new Fault.Crash(crash.process(), false, 0));
            for (int events = 1; events < crash.events(); events++) {
                plainer.add(new Fault.CrashAtEvent(crash.process(), events));
            }
        } else if (fault instanceof Fault.Reset reset && reset.oneEnd()) {
            plainer.add(new Fault.Reset(reset.process(), reset.other(), false));
        } else if (fault instanceof Fault.Partition partition) {
            fewer(partition.some())
                    .forEach(some -> plainer.add(new Fault.Partition(some, partition.others(), partition.holding())));
            fewer(partition.others())
                    .forEach(others -> plainer.add(new Fault.Partition(partition.some(), others, partition.holding())));
        } else if (fault instanceof Fault.OneWay oneWay) {
            fewer(oneWay.from()).forEach(from -> plainer.add(new Fault.OneWay(from, oneWay.to())));
            fewer(oneWay.to()).forEach(to -> plainer.add(new Fault.OneWay(oneWay.from(), to)));
        }
        return plainer;
    }

    private static List<String> fewer(String names) {
        List<String> all = Arrays.asList(names.split(","));
        List<String> fewer = new ArrayList<>();
        for (int i = 0; all.size() > 1 && i < all.size(); i++) {
            List<String> left = new ArrayList<>(all);
            left.remove(i);
            fewer.add(String.join(",", left));
        }
        return fewer;
    }
}
