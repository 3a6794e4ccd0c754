package dev.rustnet.testkit.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A script without one of its processes: those after it move up, and their names with them. Pure. */
final class WithoutProcess {
    // Injected
    private final List<String> before;
    private final List<String> after;
    private final int removed;

    private WithoutProcess(int processes, int removed) {
        this.before = SimulationBuilder.namesOf(processes);
        this.after = SimulationBuilder.namesOf(processes - 1);
        this.removed = removed;
    }

    /** @param removed the rank of that process */
    static RunScript of(RunScript script, int removed) {
        WithoutProcess without = new WithoutProcess(script.processes(), removed);
        List<Integer> messages = new ArrayList<>(script.messages());
        messages.remove(removed);
        List<FaultPlan.Entry> faults = new ArrayList<>();
        for (FaultPlan.Entry entry : script.faults().entries()) {
            without.of(entry.fault()).ifPresent(fault -> faults.add(new FaultPlan.Entry(entry.atNanos(), fault)));
        }
        return new RunScript(
                script.processes() - 1,
                script.seed(),
                messages,
                FaultPlan.of(faults),
                script.network(),
                script.startSpread());
    }

    /** The same fault among those who are left, if it is still one. */
    private Optional<Fault> of(Fault fault) {
        if (fault instanceof Fault.Crash crash) {
            return name(crash.process()).map(name -> new Fault.Crash(name, crash.host(), crash.sends()));
        } else if (fault instanceof Fault.CrashAtEvent crash) {
            return name(crash.process()).map(name -> new Fault.CrashAtEvent(name, crash.events()));
        } else if (fault instanceof Fault.HealBetween heal) {
            return names(heal.some())
                    .flatMap(some -> names(heal.others()).map(others -> new Fault.HealBetween(some, others)));
        } else if (fault instanceof Fault.Restart restart) {
            return name(restart.process()).map(Fault.Restart::new);
        } else if (fault instanceof Fault.Pause pause) {
            return name(pause.process()).map(Fault.Pause::new);
        } else if (fault instanceof Fault.Resume resume) {
            return name(resume.process()).map(Fault.Resume::new);
        } else if (fault instanceof Fault.Block block) {
            return name(block.process()).map(name -> new Fault.Block(name, block.time()));
        } else if (fault instanceof Fault.Skew skew) {
            return name(skew.process()).map(name -> new Fault.Skew(name, skew.by()));
        } else if (fault instanceof Fault.Partition partition) {
            return names(partition.some()).flatMap(some -> names(partition.others())
                    .map(others -> new Fault.Partition(some, others, partition.holding())));
        } else if (fault instanceof Fault.OneWay oneWay) {
            return names(oneWay.from()).flatMap(from -> names(oneWay.to()).map(to -> new Fault.OneWay(from, to)));
        } else if (fault instanceof Fault.Reset reset) {
            return name(reset.process())
                    .flatMap(name -> name(reset.other()).map(other -> new Fault.Reset(name, other, reset.oneEnd())));
        }
        return Optional.of(fault);
    }

    private Optional<String> name(String name) {
        int rank = before.indexOf(name);
        return rank == removed ? Optional.empty() : Optional.of(after.get(rank < removed ? rank : rank - 1));
    }

    private Optional<String> names(String all) {
        String left = Arrays.stream(all.split(","))
                .flatMap(name -> name(name).stream())
                .collect(Collectors.joining(","));
        return left.isEmpty() ? Optional.empty() : Optional.of(left);
    }
}
