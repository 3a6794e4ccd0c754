package dev.rustnet.launcher.demo;

import dev.rustnet.launcher.demo.DemoPlan.Outage;
import dev.rustnet.launcher.demo.NodeEvent.Delivered;
import dev.rustnet.launcher.demo.NodeEvent.Ended;
import dev.rustnet.launcher.demo.NodeEvent.Installed;
import dev.rustnet.launcher.demo.NodeEvent.Rested;
import dev.rustnet.launcher.demo.NodeEvent.Restored;
import dev.rustnet.launcher.demo.NodeEvent.Suspected;
import dev.rustnet.launcher.process.CommandFailedException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run: waits for the first view, feeds lines round robin, kills, starts again once the killed one is excluded, goes on with it,
 * and waits for rest.
 */
final class Demo {
    private static final long JOIN_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long STRETCH_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long SHORTEST_STREAM_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long STOP_MILLIS = 5_000;

    // Injected
    private final DemoPlan plan;
    private final Mesh mesh;
    private final Timeline timeline;

    // State
    private final Tally tally = new Tally();
    private final ViewTeller views;
    private final Deque<Outage> outages;
    private @Nullable Outage down;
    private long progressAtNanos;
    private long lastEventNanos;

    /** @param mesh of which all processes have been started */
    Demo(DemoPlan plan, Mesh mesh, Timeline timeline) {
        this.plan = plan;
        this.mesh = mesh;
        this.timeline = timeline;
        views = new ViewTeller(timeline, tally);
        outages = new ArrayDeque<>(plan.outages());
    }

    /**
     * Runs it. The processes are still there when it returns, and write no more into their event logs.
     *
     * @return why the run cannot be judged; empty when it came to rest
     * @throws CommandFailedException when a node ended that should not have
     */
    Optional<String> run() throws InterruptedException, IOException {
        if (!await(JOIN_NANOS, () -> tally.inOneView(mesh.running()))) {
            throw new CommandFailedException("The processes did not form a view within "
                    + TimeUnit.NANOSECONDS.toSeconds(JOIN_NANOS) + " s. Their logs: " + mesh.logs());
        }
        timeline.say("all " + mesh.running().size() + " have joined; now "
                + plan.input().lines().size() + " lines (" + plan.input().origin() + "), one process after the other");
        stream();
        Optional<String> unfinished = awaitRest();
        mesh.running().forEach(NodeProcess::rest);
        await(REST_NANOS, () -> tally.allRested(mesh.running()));
        return unfinished;
    }

    /** Stops them in good order, one after the other. */
    void stop() throws InterruptedException, IOException {
        List<NodeProcess> running = mesh.running();
        for (NodeProcess node : running) {
            node.endInput();
            if (!node.awaitEnd(STOP_MILLIS)) {
                throw new CommandFailedException(
                        node.label() + " did not stop within " + STOP_MILLIS + " ms of the end of its input. Its log: "
                                + node.files().log());
            }
            if (node.exitCode() != 0) {
                throw new CommandFailedException(node.label() + " ended with exit code " + node.exitCode()
                        + ". Its log: " + node.files().log());
            }
            await(
                    TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS),
                    () -> mesh.running().isEmpty() || tally.inOneView(mesh.running()));
        }
        timeline.say("stopped, one after the other: "
                + running.stream().map(NodeProcess::name).collect(Collectors.joining(", ")) + ", exit code 0 each");
    }

    private void stream() throws InterruptedException, IOException {
        List<String> lines = plan.input().lines();
        long gapNanos = Math.max(SHORTEST_STREAM_NANOS, STRETCH_NANOS * plan.stretches()) / lines.size();
        long due = System.nanoTime();
        for (int i = 0; i < lines.size(); i++) {
            takeUntil(due);
            awaitComeback(i);
            due = Math.max(due + gapNanos, System.nanoTime());
            if (!outages.isEmpty() && outages.element().killedAt() <= i) {
                down = outages.remove();
                killAmidABroadcast(down.victim(), lines.get(i));
            } else {
                feed(i, lines.get(i));
            }
            progress(i + 1);
        }
        awaitComeback(lines.size());
        timeline.say("all lines are given out");
    }

    /** From that line on, who is down must be back. */
    private void awaitComeback(int line) throws InterruptedException, IOException {
        Outage outage = down;
        if (outage == null || line < outage.backAt()) {
            return;
        }
        if (!await(JOIN_NANOS, () -> mesh.latest(outage.victim()).files().incarnation() > 1 && down == null)) {
            throw new CommandFailedException(outage.victim() + " has not come back within "
                    + TimeUnit.NANOSECONDS.toSeconds(JOIN_NANOS) + " s. The logs: " + mesh.logs());
        }
    }

    /** The next process in the view after the one whose turn it would be. */
    private void feed(int index, String line) {
        for (int i = 0; i < plan.processes().size(); i++) {
            String name = plan.processes().get((index + i) % plan.processes().size());
            NodeProcess node = mesh.latest(name);
            boolean away = down != null && down.victim().equals(name);
            if (!away && node.feed(line)) {
                return;
            }
        }
        throw new CommandFailedException("No process takes lines any more. Their logs: " + mesh.logs());
    }

    /** Gives it one more line and kills it at once: whoever has got that line by then, all survivors deliver it or none. */
    private void killAmidABroadcast(String victim, String line) {
        NodeProcess node = mesh.latest(victim);
        node.feed(line);
        timeline.say(
                victim,
                timeline.style().bad("KILLED") + " (SIGKILL, pid " + node.pid() + "), having said that it delivered "
                        + tally.deliveredBy(node.label()));
        views.killed(node.label());
        node.kill();
    }

    private Optional<String> awaitRest() throws InterruptedException, IOException {
        BooleanSupplier rest = () -> {
            progress(plan.input().lines().size());
            return tally.atRest(mesh.running()) && System.nanoTime() - lastEventNanos >= QUIET_NANOS;
        };
        if (!await(REST_NANOS, rest)) {
            return Optional.of("the processes had not come to rest " + TimeUnit.NANOSECONDS.toSeconds(REST_NANOS)
                    + " s after the last line");
        }
        timeline.say("at rest: " + delivered());
        return Optional.empty();
    }

    /** Takes what the processes say until that is so; returns whether it came about in time. */
    private boolean await(long nanos, BooleanSupplier condition) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + nanos;
        while (!condition.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            takeOne(Math.min(left, QUIET_NANOS));
        }
        return true;
    }

    private void takeUntil(long nanos) throws InterruptedException, IOException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            takeOne(left);
        }
    }

    private void takeOne(long waitNanos) throws InterruptedException, IOException {
        Mesh.Message message = mesh.messages().poll(waitNanos, TimeUnit.NANOSECONDS);
        if (message != null) {
            lastEventNanos = System.nanoTime();
            handle(message.node(), message.event());
        }
    }

    private void handle(NodeProcess node, NodeEvent event) throws IOException {
        if (event instanceof Installed installed) {
            tally.installed(node.label(), installed);
            if (views.installed(installed)) {
                inForce(installed);
            }
        } else if (event instanceof Suspected suspected) {
            tally.suspected(node.label(), suspected.process());
            timeline.say(node.name(), timeline.style().notice("suspects") + " " + suspected.process());
        } else if (event instanceof Restored restored) {
            tally.restored(node.label(), restored.process());
            timeline.say(node.name(), "suspects " + restored.process() + " no more");
        } else if (event instanceof Delivered delivered) {
            tally.delivered(node.label(), delivered.sender(), delivered.number());
        } else if (event instanceof Rested) {
            tally.rested(node.label());
        } else if (event instanceof Ended ended && !node.endWanted()) {
            throw new CommandFailedException(node.label() + " ended by itself, with exit code " + ended.exitCode()
                    + ". Its log: " + node.files().log());
        }
    }

    /** Once who was killed is out, it is started again; once its new incarnation is in, it takes part. */
    private void inForce(Installed view) throws IOException {
        Outage outage = down;
        if (outage == null) {
            return;
        }
        NodeProcess latest = mesh.latest(outage.victim());
        if (latest.killed() && !view.members().contains(latest.label())) {
            NodeProcess again = mesh.start(latest.files().next());
            views.startedAgain(again.label());
            timeline.say(
                    outage.victim(), "started again, pid " + again.pid() + ", as a new incarnation, " + again.label());
        } else if (!latest.killed() && view.members().contains(latest.label())) {
            tally.joined(latest.label(), mesh.running());
            down = null;
        }
    }

    private void progress(int given) {
        long now = System.nanoTime();
        if (now - progressAtNanos >= PROGRESS_NANOS) {
            progressAtNanos = now;
            timeline.say(given + " of " + plan.input().lines().size() + " lines given out; " + delivered());
        }
    }

    private String delivered() {
        return "delivered "
                + mesh.all().stream()
                        .map(node -> node.label() + " " + tally.deliveredBy(node.label())
                                + (node.killed() ? " (killed)" : ""))
                        .collect(Collectors.joining(", "));
    }
}
