package dev.rustnet.testkit.simulation;

import dev.rustnet.testkit.events.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Small scripts made of pieces of a large one: a few of its processes, messages and faults, put together by chance. Most
 * failures need little; what a sketch shows, nobody has to find by leaving out one thing after the other.
 */
final class Sketches implements RunObserver {
    private static final int MOST_FAULTS = 3;
    private static final int MOST_HALVINGS = 6;
    private static final long MARGIN_NANOS = 500_000_000;

    /** Faults that belong together, such as a cut and its healing; the second one comes so long after the first. */
    private record Unit(Fault first, Optional<Fault> second, long gapNanos) {}

    // Injected
    private final RunScript whole;
    private final SplittableRandom random;

    // State
    private long firstNanos;
    private long lastNanos;

    Sketches(RunScript whole) {
        this.whole = whole;
        this.random = Seeds.random(whole.seed(), "sketches");
    }

    /** One without faults. Watching it shows when things happen: faults of later sketches are planned around that time. */
    RunScript quiet(Size size) {
        firstNanos = 0;
        lastNanos = 0;
        return fewer(size).withFaults(new FaultPlan());
    }

    @Override
    public void event(String process, int number, Event event, long atNanos) {
        firstNanos = lastNanos == 0 ? atNanos : firstNanos;
        lastNanos = atNanos;
    }

    /** One with some of the faults, at other times. */
    RunScript faulty(Size size) {
        RunScript script = fewer(size);
        List<Unit> units = units(script.faults());
        List<FaultPlan.Entry> entries = new ArrayList<>();
        for (int i = random.nextInt(MOST_FAULTS); i >= 0 && !units.isEmpty(); i--) {
            entries.addAll(somewhere(units.remove(random.nextInt(units.size()))));
        }
        return script.withFaults(FaultPlan.of(entries));
    }

    private RunScript fewer(Size size) {
        RunScript script = whole;
        while (script.processes() > size.processes()) {
            script = WithoutProcess.of(script, random.nextInt(script.processes()));
        }
        List<Integer> some = new ArrayList<>();
        for (int most : script.messages()) {
            some.add(Math.min(most, random.nextInt(size.messages() + 1)));
        }
        int speaker = random.nextInt(size.processes());
        some.set(speaker, Math.min(size.messages(), script.messages().get(speaker)));
        return new RunScript(
                size.processes(),
                1 + random.nextInt(1_000_000),
                some,
                script.faults(),
                random.nextInt(4) > 0 ? NetworkOptions.lan() : script.network(),
                usualAtLeast(halved(script.startSpread()), script.startSpread()));
    }

    private static Duration usualAtLeast(Duration spread, Duration before) {
        Duration least = before.compareTo(Shrinker.USUAL_SPREAD) < 0 ? before : Shrinker.USUAL_SPREAD;
        return spread.compareTo(least) < 0 ? least : spread;
    }

    private Duration halved(Duration time) {
        return random.nextBoolean() ? time : Duration.ofNanos(micros(halved(time.toNanos())));
    }

    private long halved(long nanos) {
        return nanos >> random.nextInt(MOST_HALVINGS);
    }

    /** A fault that ends another one is no unit of its own. */
    private static List<Unit> units(FaultPlan plan) {
        List<FaultPlan.Entry> entries = plan.byTime();
        List<Unit> units = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            FaultPlan.Entry begin = entries.get(i);
            if (ends(begin.fault())) {
                continue;
            }
            Unit unit = new Unit(begin.fault(), Optional.empty(), 0);
            for (FaultPlan.Entry end : entries.subList(i + 1, entries.size())) {
                if (FaultPairs.together(begin.fault(), end.fault())) {
                    unit = new Unit(begin.fault(), Optional.of(end.fault()), end.atNanos() - begin.atNanos());
                    break;
                }
            }
            units.add(unit);
        }
        return units;
    }

    private static boolean ends(Fault fault) {
        return fault instanceof Fault.Heal
                || fault instanceof Fault.HealBetween
                || fault instanceof Fault.Resume
                || fault instanceof Fault.Restart;
    }

    private List<FaultPlan.Entry> somewhere(Unit unit) {
        long begin = micros(random.nextLong(Math.max(0, firstNanos - MARGIN_NANOS), lastNanos + MARGIN_NANOS));
        List<FaultPlan.Entry> entries = new ArrayList<>();
        entries.add(new FaultPlan.Entry(begin, sooner(unit.first)));
        long gap = random.nextBoolean() ? unit.gapNanos : halved(unit.gapNanos);
        unit.second.ifPresent(fault -> entries.add(new FaultPlan.Entry(micros(begin + gap), fault)));
        return entries;
    }

    /** Where less happens, what counts events must count fewer. */
    private Fault sooner(Fault fault) {
        if (fault instanceof Fault.Crash crash && crash.sends() > 1) {
            return new Fault.Crash(crash.process(), crash.host(), 1 + random.nextInt(crash.sends()));
        } else if (fault instanceof Fault.CrashAtEvent crash) {
            return new Fault.CrashAtEvent(crash.process(), 1 + random.nextInt(crash.events()));
        }
        List<Fault> plainer = random.nextBoolean() ? PlainerFaults.than(fault) : List.of();
        return plainer.isEmpty() ? fault : plainer.get(random.nextInt(plainer.size()));
    }

    private static long micros(long nanos) {
        return nanos / 1_000 * 1_000;
    }

    /** What is tried: few before many, and of each so much as costs the same. */
    static List<Size> sizes(RunScript whole) {
        List<Size> sizes = new ArrayList<>();
        int most = Collections.max(whole.messages());
        for (int processes = Math.min(2, whole.processes()); processes <= whole.processes(); processes++) {
            for (int messages = Math.min(1, most); messages <= most; messages = Math.max(1, messages) * 2) {
                sizes.add(new Size(processes, messages));
                if (most == 0) {
                    break;
                }
            }
        }
        sizes.sort(Comparator.comparingInt(Size::weight));
        return sizes;
    }

    /** @param messages of one process, at most */
    record Size(int processes, int messages) {
        private static final int MESSAGES_LIKE_HEARTBEATS = 16;

        /** What a run of that size costs, roughly. */
        int weight() {
            return processes * processes * (messages + MESSAGES_LIKE_HEARTBEATS);
        }
    }
}
