package dev.rustnet.testkit.simulation;

import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.check.Verdict;
import dev.rustnet.testkit.check.Verdict.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes a run that fails smaller: fewer processes, messages and faults, a plainer network, shorter times. First it tries very
 * small runs put together from pieces of the one that failed ({@link Sketches}). Then comes delta debugging over the
 * {@link RunScript}, of the first sketch that fails, or of the failed run itself: a smaller script is kept when its run breaks the
 * same property, has no more events than the best so far, and asks for nothing of the assumptions that the first one did not ask
 * for ({@link Severity}). What is left is smallest in the sense that no single step makes it smaller; nobody says that there is no
 * other way. How long a run rests before it is judged stays as it is: a shorter rest would blame algorithms for what they are
 * about to do.
 *
 * <p>Leaving something out changes what the seed decides about the rest, so that each step is tried with a few seeds.
 *
 * <p>What the test did to the run besides building it and running it until it was quiet is not done again; where the
 * failure hangs on that, nothing is found.
 *
 * <p>Source: Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input (ddmin).
 */
public final class Shrinker {
    private static final long MOST_EVENTS = 10_000_000;
    /** Of each step at least; more, as long as all of them together cost less than {@link #RUNS_OF_A_STEP} of the first run. */
    private static final int LEAST_SEEDS = 3;

    private static final int MOST_SEEDS = 24;
    private static final int RUNS_OF_A_STEP = 2;
    /** Of all events, the share that sketches may have, and how many times the events of the failed run. */
    private static final int SKETCHES_SHARE = 2;

    private static final int RUNS_OF_SKETCHES = 250;

    private static final int LEAST_SKETCHES = 4;
    private static final int MOST_SENDS = 4;
    /** What a command that names none takes: less must be said nowhere. */
    static final Duration USUAL_SPREAD = Duration.ofMillis(100);

    // Injected
    private final Simulation failed;
    private final String symptom;
    private final Severity severity;
    private final long mostEvents;
    private final Predicate<RunScript> demanded;

    // State
    /** What was tried and did not do, with the events that it took. */
    private final Map<String, Long> inVain = new HashMap<>();

    private Simulation best;
    private long events;
    private int runs;
    private boolean progress;

    private Shrinker(Simulation failed, String symptom, long mostEvents, Predicate<RunScript> demanded) {
        this.failed = failed;
        this.symptom = symptom;
        this.severity = Severity.of(failed.script());
        this.mostEvents = mostEvents;
        this.demanded = demanded;
        this.best = failed;
    }

    /** As {@link #shrink(Simulation, long)}, with ten million events: some tens of seconds at most. */
    public static Optional<Shrunk> shrink(Simulation failed) {
        return shrink(failed, MOST_EVENTS);
    }

    /**
     * Makes {@code failed} smaller.
     *
     * @param failed a run that was run until it was quiet
     * @param mostEvents when all attempts together have had so many events ({@link Simulation#steps}), it ends
     * @return empty when nothing failed in it, or not again when it was run again from what it was built with
     */
    public static Optional<Shrunk> shrink(Simulation failed, long mostEvents) {
        return shrink(failed, mostEvents, script -> true);
    }

    /**
     * The same, and asks for more than that a smaller run fails alike.
     *
     * @param demanded asked of each smaller run that fails alike, which is passed over where this is false; for instance
     *     whether the correct build passes it, since where it fails too, the run has left what the algorithm assumes
     */
    public static Optional<Shrunk> shrink(Simulation failed, long mostEvents, Predicate<RunScript> demanded) {
        if (failed.deadline().isZero()) {
            return Optional.empty();
        }
        return failures(failed)
                .findFirst()
                .flatMap(verdict -> new Shrinker(failed, symptom(verdict), mostEvents, demanded).shrunk());
    }

    private Optional<Shrunk> shrunk() {
        Optional<Simulation> same = run(failed.script(), new RunObserver() {});
        if (same.flatMap(this::alike).isEmpty()) {
            return Optional.empty();
        }
        best = same.get();
        sketch();
        do {
            progress = false;
            fewerProcesses();
            fewerMessages();
            fewerFaults();
            crashInTheMiddle();
            plainerNetwork();
            shorterTimes();
            plainerFaults();
        } while (progress && events < mostEvents);
        return alike(best).map(verdict -> new Shrunk(failed, best, verdict, runs));
    }

    private RunScript script() {
        return best.script();
    }

    // What went wrong

    /** What does not hold, violations first. */
    private static Stream<Verdict> failures(Simulation run) {
        List<RunVerdict> all = run.verdicts();
        return Stream.of(Outcome.VIOLATED, Outcome.INCONCLUSIVE).flatMap(outcome -> all.stream()
                .flatMap(judged -> judged.verdicts().stream())
                .filter(verdict -> verdict.outcome() == outcome));
    }

    /** Two runs with the same one fail alike. */
    private static String symptom(Verdict verdict) {
        return verdict.outcome() == Outcome.VIOLATED
                ? verdict.property().toString()
                : verdict.words().replaceAll("\\d+|;.*", "");
    }

    /** How {@code run} fails as the one did that is made smaller, if it does. */
    private Optional<Verdict> alike(Simulation run) {
        return failures(run).filter(verdict -> symptom(verdict).equals(symptom)).findFirst();
    }

    /** Keeps {@code smaller} if it fails alike, with its own seed or another one. */
    private boolean attempt(RunScript smaller) {
        long mostEventsOfStep = events + RUNS_OF_A_STEP * failed.steps();
        for (int i = 0; i < MOST_SEEDS && (i < LEAST_SEEDS || events < mostEventsOfStep); i++) {
            if (attemptOnce(i == 0 ? smaller : smaller.withSeed(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean attemptOnce(RunScript smaller) {
        return attemptOnce(smaller, new RunObserver() {});
    }

    private boolean attemptOnce(RunScript smaller, RunObserver watching) {
        if (smaller.isLike(script()) || !severity.covers(Severity.of(smaller)) || events >= mostEvents) {
            return false;
        }
        // What did not do once will not do later: the best only gets smaller.
        String key = smaller.toString();
        Long before = inVain.get(key);
        if (before != null) {
            events += before;
            return false;
        }
        long begin = events;
        Optional<Simulation> run = run(smaller, watching);
        // What is said of a run is how many events it has: that never grows.
        if (run.isEmpty()
                || run.get().trace().count() > best.trace().count()
                || alike(run.get()).isEmpty()
                || !demanded.test(smaller)) {
            inVain.put(key, events - begin);
            return false;
        }
        best = run.get();
        progress = true;
        return true;
    }

    private Optional<Simulation> run(RunScript candidate, RunObserver watching) {
        runs++;
        try {
            Simulation run = failed.again(candidate, watching);
            events += run.steps();
            return Optional.of(run);
        } catch (RuntimeException e) {
            return Optional.empty(); // another failure than the one that is looked for
        }
    }

    // Sketches

    /** Ends with the first sketch that fails alike: the smallest are tried first, and all further steps cost little then. */
    private void sketch() {
        RunScript whole = failed.script();
        Sketches sketches = new Sketches(whole);
        List<Sketches.Size> sizes = Sketches.sizes(whole);
        long mostEventsOfSize = Math.min(mostEvents / SKETCHES_SHARE, RUNS_OF_SKETCHES * failed.steps()) / sizes.size();
        for (Sketches.Size size : sizes) {
            long begin = events;
            for (int i = 0; i < LEAST_SKETCHES || events - begin < mostEventsOfSize; i++) {
                boolean quiet = i % LEAST_SKETCHES == 0;
                RunScript sketch = quiet ? sketches.quiet(size) : sketches.faulty(size);
                if (events >= mostEvents || attemptOnce(sketch, quiet ? sketches : new RunObserver() {})) {
                    return;
                }
            }
        }
    }

    // Steps

    private void fewerProcesses() {
        for (int rank = script().processes() - 1; rank >= 0; rank--) {
            if (script().processes() > 2 && !attempt(WithoutProcess.of(script(), rank))) {
                crashedSooner(WithoutProcess.of(script(), rank));
            }
        }
    }

    /** Among fewer processes, a crash in the middle of a turn comes after fewer sends. */
    private void crashedSooner(RunScript without) {
        List<FaultPlan.Entry> all = without.faults().byTime();
        for (FaultPlan.Entry entry : all) {
            for (Fault plainer : PlainerFaults.than(entry.fault())) {
                List<FaultPlan.Entry> changed = new ArrayList<>(all);
                changed.set(all.indexOf(entry), new FaultPlan.Entry(entry.atNanos(), plainer));
                boolean crash = plainer instanceof Fault.Crash || plainer instanceof Fault.CrashAtEvent;
                if (crash && attempt(without.withFaults(FaultPlan.of(changed)))) {
                    return;
                }
            }
        }
    }

    private void fewerMessages() {
        int most = Collections.max(script().messages());
        for (int count = 0; count < most; count = Math.max(1, 2 * count)) {
            if (attempt(script().withMessages(atMost(count)))) {
                break;
            }
        }
        for (int rank = 0; rank < script().processes(); rank++) {
            int count = script().messages().get(rank);
            for (int fewer = 0; fewer < count; fewer = Math.max(1, 2 * fewer)) {
                if (attempt(script().withMessages(with(rank, fewer)))) {
                    break;
                }
            }
            count = script().messages().get(rank);
            if (count > 1 && !attempt(script().withMessages(with(rank, count - 1)))) {
                sooner(script().withMessages(with(rank, count - 1)));
            }
        }
    }

    /** A fault that hits the last message must come earlier when there is one message less. */
    private void sooner(RunScript fewer) {
        for (double share : new double[] {7 / 8.0, 3 / 4.0, 1 / 2.0}) {
            if (attempt(
                    fewer.withFaults(moved(atNanos -> (long) (atNanos * share)).faults()))) {
                return;
            }
        }
    }

    private List<Integer> atMost(int count) {
        return script().messages().stream().map(each -> Math.min(each, count)).toList();
    }

    private List<Integer> with(int rank, int count) {
        List<Integer> messages = new ArrayList<>(script().messages());
        messages.set(rank, count);
        return messages;
    }

    /** In halves, quarters, and so on, down to single ones. */
    private void fewerFaults() {
        for (int size = entries().size(); size >= 1; size /= 2) {
            for (int from = 0; from < entries().size(); ) {
                int at = from;
                int until = Math.min(from + size, entries().size());
                boolean gone =
                        attempt(changed(entries -> entries.subList(at, until).clear()));
                from = gone ? from : until;
            }
        }
        // A pause without its end, or a cut without its healing, asks for too much: both go at once, or none.
        for (int begin = 0; begin < entries().size(); begin++) {
            for (int end = begin + 1; end < entries().size(); end++) {
                int one = begin;
                int other = end;
                if (FaultPairs.together(
                                entries().get(one).fault(), entries().get(other).fault())
                        && attempt(changed(entries -> {
                            entries.remove(other);
                            entries.remove(one);
                        }))) {
                    end = begin;
                }
            }
        }
    }

    /** A crash in the middle of a turn does what else takes a crash and something that loses what it has sent. */
    private void crashInTheMiddle() {
        boolean any = true;
        while (any) {
            any = false;
            for (int crash = 0; !any && crash < entries().size(); crash++) {
                for (int other = 0; !any && other < entries().size(); other++) {
                    any = other != crash
                            && entries().get(crash).fault() instanceof Fault.Crash fault
                            && crashInsteadOf(other, crash, fault.process());
                }
            }
        }
    }

    private boolean crashInsteadOf(int other, int crash, String process) {
        for (int sends = 1; sends <= MOST_SENDS; sends++) {
            Fault middle = new Fault.Crash(process, false, sends);
            if (attempt(changed(entries -> {
                entries.set(crash, new FaultPlan.Entry(entries.get(crash).atNanos(), middle));
                entries.remove(other);
            }))) {
                return true;
            }
        }
        return false;
    }

    private void plainerNetwork() {
        for (NetworkOptions plainer : List.of(NetworkOptions.lan(), NetworkOptions.rough())) {
            NetworkOptions present = script().network();
            if (!present.equals(NetworkOptions.lan()) && !present.equals(plainer)) {
                attempt(script().withNetwork(plainer));
            }
        }
    }

    private void shorterTimes() {
        if (script().startSpread().compareTo(USUAL_SPREAD) > 0 && !attempt(script().withStartSpread(USUAL_SPREAD))) {
            attempt(script().withStartSpread(script().startSpread().dividedBy(2)));
        }
        for (int divisor = 8; divisor > 1; divisor /= 2) {
            int by = divisor;
            if (attempt(moved(atNanos -> atNanos / by))) {
                break;
            }
        }
        for (int i = 0; i < entries().size(); i++) {
            shorterBefore(i);
        }
    }

    /** Moves that fault and all after it nearer to the one before, at last to a round time. */
    private void shorterBefore(int index) {
        long begin = index == 0 ? 0 : entries().get(index - 1).atNanos();
        for (double share : new double[] {7 / 8.0, 3 / 4.0, 1 / 2.0, 1 / 4.0, 1 / 8.0}) {
            long gap = entries().get(index).atNanos() - begin;
            if (gap > 1_000_000 && attempt(shifted(index, (long) (gap * share)))) {
                break;
            }
        }
        for (long unit : new long[] {1_000_000_000, 100_000_000, 10_000_000, 1_000_000}) {
            long over = entries().get(index).atNanos() % unit;
            if (over == 0
                    || attemptOnce(
                            shifted(index, Math.min(over, entries().get(index).atNanos() - begin)))) {
                break;
            }
        }
    }

    private RunScript shifted(int index, long byNanos) {
        return changed(entries -> {
            for (int i = index; i < entries.size(); i++) {
                FaultPlan.Entry entry = entries.get(i);
                entries.set(i, new FaultPlan.Entry(micros(entry.atNanos() - byNanos), entry.fault()));
            }
        });
    }

    private RunScript moved(LongUnaryOperator time) {
        return changed(entries -> entries.replaceAll(
                entry -> new FaultPlan.Entry(micros(time.applyAsLong(entry.atNanos())), entry.fault())));
    }

    /** Plans are in whole microseconds, so that their text says exactly what they are. */
    private static long micros(long nanos) {
        return Math.max(0, nanos / 1_000 * 1_000);
    }

    private void plainerFaults() {
        for (int i = 0; i < entries().size(); i++) {
            int index = i;
            for (Fault plainer : PlainerFaults.than(entries().get(i).fault())) {
                FaultPlan.Entry entry = entries().get(i);
                if (attempt(changed(entries -> entries.set(index, new FaultPlan.Entry(entry.atNanos(), plainer))))) {
                    break;
                }
            }
        }
    }

    /** Those of the best script, by time. */
    private List<FaultPlan.Entry> entries() {
        return script().faults().byTime();
    }

    /** Changes a list of entries. */
    private interface Change {
        void to(List<FaultPlan.Entry> entries);
    }

    private RunScript changed(Change change) {
        List<FaultPlan.Entry> entries = entries();
        change.to(entries);
        return script().withFaults(FaultPlan.of(entries));
    }
}
