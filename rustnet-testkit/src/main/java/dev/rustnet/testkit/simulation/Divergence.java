package dev.rustnet.testkit.simulation;

import dev.rustnet.core.link.FrameDissector;
import dev.rustnet.core.link.FramePart;
import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.plan.StartPlan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where two runs of one seed part: from there on something was decided that neither the seed nor the plan decides, such as a
 * clock, a thread, a source of chance outside of the context, or the order of a hash set.
 *
 * @param event which event of the run, from 1
 * @param once what it was in the one run
 * @param again what it was in the other
 * @param process at which process the runs part; empty where at none
 * @param components whose timer, task, notice or handler of messages over perfect links ran there in that turn; empty where
 *     none did, but a delivery, a heartbeat or a connection
 * @param content where they part with a frame: the components whose messages or headers in it differ
 * @param before the latest events before it, which were the same in both
 */
public record Divergence(
        int event,
        String once,
        String again,
        String process,
        Set<String> components,
        Set<String> content,
        List<String> before) {
    private static final int ATTEMPTS = 3;
    private static final int BEFORE = 8;
    private static final String NOTHING = "nothing more happens";

    /**
     * Runs what should be one run twice, and again, until two of them differ.
     *
     * @param mesh what runs, made anew for each run; must not be observed by anybody else
     * @param drive lets it run
     * @return empty when they never did
     */
    public static Optional<Divergence> find(Supplier<SimulationBuilder> mesh, Consumer<Simulation> drive) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Recording once = new Recording(mesh.get(), drive);
            Recording again = new Recording(mesh.get(), drive);
            if (once.run.trace().hash() != again.run.trace().hash()) {
                return Optional.of(between(once, again));
            }
        }
        return Optional.empty();
    }

    private static Divergence between(Recording once, Recording again) {
        int at = 0;
        while (at < once.entries.size()
                && at < again.entries.size()
                && once.entries.get(at).equals(again.entries.get(at))) {
            at++;
        }
        Trace.@Nullable Entry left = at < once.entries.size() ? once.entries.get(at) : null;
        Trace.@Nullable Entry right = at < again.entries.size() ? again.entries.get(at) : null;
        // What comes earlier has come in one run alone: the later one still waits for it in the other.
        boolean inLeft = left != null && (right == null || left.atNanos() <= right.atNanos());
        boolean inRight = right != null && (left == null || right.atNanos() <= left.atNanos());
        Set<String> components = new LinkedHashSet<>();
        if (inLeft) {
            components.addAll(once.atWork(at));
        }
        if (inRight) {
            components.addAll(again.atWork(at));
        }
        Set<String> content =
                Recording.difference(inLeft ? once.parts(at) : List.of(), inRight ? again.parts(at) : List.of());
        Trace.@Nullable Entry first = inLeft ? left : right;
        return new Divergence(
                at + 1,
                left == null ? NOTHING : left.text(),
                right == null ? NOTHING : right.text(),
                first == null ? "" : first.process(),
                components,
                content,
                once.entries.subList(Math.max(0, at - BEFORE), at).stream()
                        .map(Trace.Entry::text)
                        .toList());
    }

    /** For a person to read. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("two runs part at event " + String.format(Locale.ROOT, "%,d", event));
        text.append("\n  once:  ").append(once.strip()).append("\n  again: ").append(again.strip());
        if (!process.isEmpty()) {
            text.append("\n  at ")
                    .append(process)
                    .append(
                            components.isEmpty()
                                    ? ", where no timer, task, notice or message of a component was handled just before: a delivery, a"
                                            + " heartbeat or a connection did it"
                                    : ", where a timer, task, notice or message was handled just before of: "
                                            + String.join(", ", components));
        }
        if (!content.isEmpty()) {
            text.append("\n  in the frame differs what is said by: ").append(String.join(", ", content));
        }
        text.append("\n  before that, the same in both:");
        before.forEach(line -> text.append("\n    ").append(line));
        return text.toString();
    }

    /** All of a run. */
    private static final class Recording implements RunObserver {
        private record Act(long events, long atNanos, String process, String component) {}

        // Injected
        private final Simulation run;
        private final List<Trace.Entry> entries;

        // State
        private final List<String> processes = new ArrayList<>();
        private final List<byte[]> frames = new ArrayList<>();
        private final List<Act> acts = new ArrayList<>();
        private @Nullable Trace trace;
        private @Nullable FrameDissector dissector;

        Recording(SimulationBuilder mesh, Consumer<Simulation> drive) {
            run = mesh.keepTrace(Integer.MAX_VALUE).observe(this).build();
            trace = run.trace();
            drive.accept(run);
            entries = run.trace().entries();
        }

        @Override
        public void begins(List<String> all) {
            processes.addAll(all);
        }

        @Override
        public void started(SimulatedProcess process, long atNanos) {
            if (dissector == null) {
                List<String> names = process.node().plan().order().stream()
                        .map(StartPlan.Step::name)
                        .toList();
                dissector = new FrameDissector(processes, names);
            }
        }

        @Override
        public void sent(long frame, String from, String to, long atNanos, ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            frames.add(copy);
        }

        @Override
        public void acts(String process, String component, long atNanos) {
            long events = trace == null ? 0 : trace.count();
            acts.add(new Act(events, atNanos, process, component));
        }

        /** Whose timers, tasks and notices ran in the turn of that entry, before it. */
        Set<String> atWork(int entry) {
            Trace.Entry at = entries.get(entry);
            Set<String> components = new LinkedHashSet<>();
            for (Act act : acts) {
                if (act.atNanos == at.atNanos() && act.events <= entry && act.process.equals(at.process())) {
                    components.add(act.component);
                }
            }
            return components;
        }

        /** What the frame of that entry says; nothing when it is none that is sent. */
        List<FramePart> parts(int entry) {
            FrameDissector reader = dissector;
            if (entries.get(entry).kind() != Trace.Kind.SENT || reader == null) {
                return List.of();
            }
            long before = entries.subList(0, entry).stream()
                    .filter(one -> one.kind() == Trace.Kind.SENT || one.kind() == Trace.Kind.DUPLICATED)
                    .count();
            try {
                return reader.dissect(ByteBuffer.wrap(frames.get((int) before)));
            } catch (Malformed e) {
                return List.of();
            }
        }

        /** The names of parts that the one has and the other lacks; where that is none, of all that have a content of their own. */
        static Set<String> difference(List<FramePart> some, List<FramePart> others) {
            Set<String> names = new LinkedHashSet<>();
            some.stream().filter(part -> !others.contains(part)).forEach(part -> names.add(part.name()));
            others.stream().filter(part -> !some.contains(part)).forEach(part -> names.add(part.name()));
            if (names.isEmpty()) {
                some.stream()
                        .filter(part -> part.kind() == FramePart.Kind.DATA
                                || part.kind() == FramePart.Kind.HEADER
                                || part.kind() == FramePart.Kind.FAIR_LOSS)
                        .forEach(part -> names.add(part.name()));
            }
            return names;
        }
    }
}
