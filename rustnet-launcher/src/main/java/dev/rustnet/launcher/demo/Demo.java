package dev.rustnet.launcher.demo;

import dev.rustnet.launcher.demo.NodeEvent.Crashed;
import dev.rustnet.launcher.demo.NodeEvent.Delivered;
import dev.rustnet.launcher.demo.NodeEvent.Ended;
import dev.rustnet.launcher.demo.NodeEvent.Joined;
import dev.rustnet.launcher.process.CommandFailedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One run: waits until all have joined, feeds lines round robin, kills, waits for rest, stops the survivors. */
final class Demo {
    /** An event and where it happened. */
    record Message(String node, NodeEvent event) {}

    private static final long JOIN_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long STREAM_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long STOP_MILLIS = 5_000;

    // Injected
    private final DemoPlan plan;
    private final List<NodeProcess> nodes;
    private final BlockingQueue<Message> messages;
    private final Timeline timeline;

    // State
    private final Tally tally = new Tally();
    private final Set<String> killed = new HashSet<>();
    private final Set<String> complete = new HashSet<>();
    private long progressAtNanos;
    private long lastEventNanos;

    Demo(DemoPlan plan, List<NodeProcess> nodes, BlockingQueue<Message> messages, Timeline timeline) {
        this.plan = plan;
        this.nodes = List.copyOf(nodes);
        this.messages = messages;
        this.timeline = timeline;
    }

    /**
     * Runs it.
     *
     * @return why the run cannot be judged; empty when it came to rest
     * @throws CommandFailedException when a node ended that should not have
     */
    Optional<String> run() throws InterruptedException {
        awaitJoined();
        stream();
        Optional<String> unfinished = awaitRest();
        stop();
        return unfinished;
    }

    private void awaitJoined() throws InterruptedException {
        long deadline = System.nanoTime() + JOIN_NANOS;
        while (complete.size() < nodes.size()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new CommandFailedException("The processes did not all meet within "
                        + TimeUnit.NANOSECONDS.toSeconds(JOIN_NANOS) + " s. Their logs: " + logs());
            }
            takeOne(left);
        }
        timeline.say("all " + nodes.size() + " have joined; now "
                + plan.input().lines().size() + " lines (" + plan.input().origin() + "), one process after the other");
    }

    private void stream() throws InterruptedException {
        List<String> lines = plan.input().lines();
        Deque<Integer> killsAt = new ArrayDeque<>(plan.killsAt());
        Deque<String> victims = new ArrayDeque<>(plan.victims());
        long start = System.nanoTime();
        for (int i = 0; i < lines.size(); i++) {
            takeUntil(start + STREAM_NANOS / lines.size() * i);
            if (!killsAt.isEmpty() && killsAt.peek() <= i) {
                killsAt.remove();
                killAmidABroadcast(victims.remove(), lines.get(i));
            } else {
                feed(i, lines.get(i));
            }
            progress(i + 1);
        }
        timeline.say("all lines are given out");
    }

    /** The next running process after the one whose turn it would be. */
    private void feed(int index, String line) {
        for (int i = 0; i < nodes.size(); i++) {
            NodeProcess node = nodes.get((index + i) % nodes.size());
            if (node.running() && node.feed(line)) {
                return;
            }
        }
        throw new CommandFailedException("No process takes lines any more. Their logs: " + logs());
    }

    /** Gives it one more line and kills it at once: whoever has got that line by then, all survivors deliver it or none. */
    private void killAmidABroadcast(String victim, String line) {
        NodeProcess node = node(victim);
        node.feed(line);
        timeline.say(
                victim,
                timeline.style().bad("KILLED") + " (SIGKILL, pid " + node.pid() + "), having said that it delivered "
                        + tally.deliveredBy(victim));
        killed.add(victim);
        node.kill();
    }

    private Optional<String> awaitRest() throws InterruptedException {
        long deadline = System.nanoTime() + REST_NANOS;
        while (!tally.atRest(survivors(), killed) || System.nanoTime() - lastEventNanos < QUIET_NANOS) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return Optional.of("the processes had not come to rest " + TimeUnit.NANOSECONDS.toSeconds(REST_NANOS)
                        + " s after the last line");
            }
            takeOne(Math.min(left, QUIET_NANOS));
            progress(plan.input().lines().size());
        }
        timeline.say("at rest: " + delivered());
        return Optional.empty();
    }

    private void stop() throws InterruptedException {
        List<NodeProcess> survivors = survivors();
        survivors.forEach(NodeProcess::endInput);
        for (NodeProcess node : survivors) {
            if (!node.awaitEnd(STOP_MILLIS)) {
                throw new CommandFailedException(
                        node.name() + " did not stop within " + STOP_MILLIS + " ms of the end of its input. Its log: "
                                + node.files().log());
            }
            if (node.exitCode() != 0) {
                throw new CommandFailedException(node.name() + " ended with exit code " + node.exitCode()
                        + ". Its log: " + node.files().log());
            }
        }
        timeline.say("stopped: " + survivors.stream().map(NodeProcess::name).collect(Collectors.joining(", "))
                + ", exit code 0 each");
    }

    private void takeUntil(long nanos) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            takeOne(left);
        }
    }

    private void takeOne(long waitNanos) throws InterruptedException {
        Message message = messages.poll(waitNanos, TimeUnit.NANOSECONDS);
        if (message != null) {
            lastEventNanos = System.nanoTime();
            handle(message.node(), message.event());
        }
    }

    private void handle(String node, NodeEvent event) {
        if (event instanceof Joined joined) {
            tally.joined(node, joined.process());
            if (tally.met(node) == nodes.size() && complete.add(node)) {
                timeline.say(node, timeline.style().good("joined") + ": has met all " + nodes.size());
            }
        } else if (event instanceof Crashed crashed) {
            tally.crashed(node, crashed.process());
            timeline.say(node, timeline.style().notice("detected") + " the crash of " + crashed.process());
        } else if (event instanceof Delivered delivered) {
            tally.delivered(node, delivered.sender());
        } else if (event instanceof Ended ended && !killed.contains(node)) {
            throw new CommandFailedException(node + " ended by itself, with exit code " + ended.exitCode()
                    + ". Its log: " + node(node).files().log());
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
                + nodes.stream()
                        .map(node ->
                                node.name() + " " + tally.deliveredBy(node.name()) + (node.killed() ? " (killed)" : ""))
                        .collect(Collectors.joining(", "));
    }

    private List<NodeProcess> survivors() {
        return nodes.stream().filter(node -> !node.killed()).toList();
    }

    private NodeProcess node(String name) {
        for (NodeProcess node : nodes) {
            if (node.name().equals(name)) {
                return node;
            }
        }
        throw new IllegalArgumentException("no process is called " + name);
    }

    private String logs() {
        return nodes.stream().map(node -> node.files().log().toString()).collect(Collectors.joining(", "));
    }
}
