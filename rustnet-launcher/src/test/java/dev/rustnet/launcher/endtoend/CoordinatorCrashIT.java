package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.Channel;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.group.GroupMembership;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.group.ViewParticipant;
import dev.rustnet.node.Node;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first member of a view, which proposes the next one, is killed in the middle of the change that it has begun. One member
 * runs in this JVM and takes part in the change, so that it is known how far it has come.
 */
class CoordinatorCrashIT {
    private static final boolean ENDURANCE = Boolean.getBoolean("rustnet.endurance");
    private static final int ROUNDS = ENDURANCE ? 10 : 1;
    private static final String VIEWS = "--set=rustnet.services.group-membership=group-membership";
    private static final Map<String, String> DETECTOR = Map.of("heartbeat-interval", "200ms", "timeout", "2s");
    private static final Map<String, String> MEMBERSHIP = Map.of("join-timeout", "2s", "exclusion-timeout", "1s");
    private static final String QUICK =
            LoopbackGroup.QUICK + ", group-membership { join-timeout = 2s, exclusion-timeout = 1s }";
    private static final List<String> NAMES = List.of("p1", "p2", "p3", "p4", "p5");
    /** Who runs in this JVM. */
    private static final String HERE = "p4";

    private static final int MESSAGES = 3_000;
    private static final int RATE = 500;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path directory;

    private LoggedRun run;
    private LoopbackGroup group;
    private final Map<String, RustnetProcess> present = new TreeMap<>();

    /** How far a change has come, as a member sees it. */
    private enum Step {
        /** Asked to stop, this process has not yet reported. */
        STOP,
        /** It hears the proposal, and has not yet accepted it. */
        PROPOSE,
        /** It knows that the proposal is agreed, and has not yet installed the view. */
        INSTALL
    }

    /** Kills a process when the change has come to a step; the change does not get further here before that one is dead. */
    private static final class Ambush implements ViewParticipant {
        private final Node node;
        private final BlockingQueue<Long> killedInView = new LinkedBlockingQueue<>();

        // State of the loop
        private @Nullable Step step;
        private @Nullable RustnetProcess victim;

        Ambush(Node node) {
            this.node = node;
            node.service(GroupMembership.class).participate(this);
        }

        void lay(Step at, RustnetProcess coordinator) {
            node.execute(() -> {
                step = at;
                victim = coordinator;
            });
        }

        /** Waits until it has been killed; returns the number of the view that was in force here. */
        long awaitKilled() throws InterruptedException {
            Long view = killedInView.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(view)
                    .as("the number of the view of which the change has begun")
                    .isNotNull();
            return view;
        }

        private void reached(Step now) {
            RustnetProcess coordinator = victim;
            if (now == step && coordinator != null) {
                victim = null;
                coordinator.kill();
                coordinator.awaitExit();
                killedInView.add(view().number());
            }
        }

        private View view() {
            return node.service(GroupMembership.class).view();
        }

        @Override
        public String name() {
            return "ambush";
        }

        @Override
        public void stop() {
            reached(Step.STOP);
        }

        @Override
        public long[] held() {
            return new long[view().size()];
        }

        @Override
        public void expect(long[] cut) {
            reached(Step.PROPOSE);
        }

        @Override
        public void expectNothing() {}

        @Override
        public boolean holds(long[] cut) {
            return true;
        }

        @Override
        public void supply(ProcessId process, View ending, long[] held, long[] cut) {}

        @Override
        public boolean cut(long[] cut) {
            reached(Step.INSTALL);
            return true;
        }

        @Override
        public void install(View view, long[] base) {}

        @Override
        public void settled() {}
    }

    @AfterEach
    void end() {
        group.close();
    }

    private static IntStream rounds() {
        return IntStream.rangeClosed(1, ROUNDS);
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void theOthersGoOnWhateverStepTheChangeHadReached(int round) throws Exception {
        run = new LoggedRun(directory);
        group = new LoopbackGroup(directory, NAMES.toArray(String[]::new));
        BlockingQueue<String> heardHere = new LinkedBlockingQueue<>();
        try (Node here = nodeHere()) {
            Ambush ambush = new Ambush(here);
            Channel lines = here.service(UniformReliableBroadcast.class).channel("lines");
            lines.onDeliver(delivery -> heardHere.add(delivery.source() + ": " + delivery.text()));
            Stream.of("p1", "p2", "p3").forEach(this::start);
            here.start().join();
            present.get("p1").awaitError("view 1: p1, p2, p3, p4$");
            present.get("p1").awaitError("done|broadcast [1-9]\\d* of");

            ambush.lay(Step.STOP, present.get("p1"));
            RustnetProcess fifth = start("p5");
            assertThat(ambush.awaitKilled()).isEqualTo(1);
            assertThat(present.get("p1").error()).noneMatch(line -> line.contains("view 2: "));
            ended("p1");
            fifth.awaitError("view 2: p2, p3, p4, p5$");

            ambush.lay(Step.PROPOSE, present.get("p2"));
            RustnetProcess first = start("p1");
            assertThat(ambush.awaitKilled()).isEqualTo(2);
            ended("p2");
            first.awaitError("view \\d+: p1, p3, p4, p5$");

            ambush.lay(Step.INSTALL, present.get("p1"));
            RustnetProcess second = start("p2");
            ambush.awaitKilled();
            ended("p1");
            second.awaitError("view \\d+: p2, p3, p4, p5$");

            start("p1").awaitError("view \\d+: p1, p2, p3, p4, p5$");
            for (RustnetProcess process : present.values()) {
                process.awaitError("done: broadcast " + MESSAGES + ", ");
            }
            lines.broadcast("the end".getBytes(StandardCharsets.UTF_8));
            present.values().forEach(process -> process.type("the end"));
            for (RustnetProcess process : present.values()) {
                NAMES.forEach(name -> process.awaitOutput("^" + name + "#\\d+: the end$"));
            }
            for (int i = 0; i < NAMES.size(); i++) {
                assertThat(heardHere.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).endsWith(": the end");
            }
            run.assertHolds();
        }
    }

    private RustnetProcess start(String name) {
        String workload = ", workload { enabled = true, start-when = 2, messages = " + MESSAGES + ", rate = " + RATE
                + ", payload-bytes = 1KiB, progress-interval = 200ms, log = \"" + run.starts(name) + "\" }";
        RustnetProcess process = group.run(name, QUICK + workload, VIEWS);
        present.put(name, process);
        return process;
    }

    private void ended(String name) {
        run.ends(name);
        present.remove(name);
    }

    private Node nodeHere() {
        return Node.builder(HERE)
                .bind(group.address(HERE))
                .peers(NAMES.stream().map(group::peer).toList())
                .choose(GroupMembership.class, "group-membership")
                .configure("failure-detector", DETECTOR)
                .configure("group-membership", MEMBERSHIP)
                .configure(
                        "workload",
                        Map.of(
                                "enabled",
                                true,
                                "start-when",
                                2,
                                "messages",
                                MESSAGES,
                                "rate",
                                RATE,
                                "payload-bytes",
                                "1KiB",
                                "log",
                                run.starts(HERE).toString()))
                .build();
    }
}
