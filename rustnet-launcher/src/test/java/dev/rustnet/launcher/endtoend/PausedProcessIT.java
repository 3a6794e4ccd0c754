package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.testkit.check.EventLogs;
import dev.rustnet.testkit.check.PropertySet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One of three processes is stopped in mid-stream (SIGSTOP) for three times the detector's timeout, and then continued. */
class PausedProcessIT {
    private static final boolean ENDURANCE = Boolean.getBoolean("rustnet.endurance");
    private static final int RUNS = ENDURANCE ? 20 : 1;
    private static final List<String> NAMES = List.of("first", "second", "third");

    /** The number of third in the logs. */
    private static final String THIRD = "3";

    @TempDir
    private Path directory;

    /** How much each process broadcasts: steadily for longer than the pause, or flat out, which the pause then holds up. */
    enum Load {
        LIGHT {
            @Override
            int messages(int pauseSeconds) {
                return RATE * (pauseSeconds + 2);
            }

            @Override
            String settings() {
                return "rate = " + RATE + ", payload-bytes = 100";
            }
        },
        FULL {
            @Override
            int messages(int pauseSeconds) {
                return 30_000;
            }

            @Override
            String settings() {
                return "rate = 0, payload-bytes = 1KiB";
            }
        };

        private static final int RATE = 100;

        abstract int messages(int pauseSeconds);

        abstract String settings();
    }

    /** A run: three processes, their logs, and the third that is paused. */
    private final class Run implements AutoCloseable {
        private final Map<String, RustnetProcess> processes = new LinkedHashMap<>();
        private final Map<String, Path> logs = new LinkedHashMap<>();
        private final LoopbackGroup group;
        private final int pauseSeconds;
        private final int messages;

        Run(int number, Load load, int timeoutSeconds, boolean assumeSynchrony) {
            pauseSeconds = 3 * timeoutSeconds;
            messages = load.messages(pauseSeconds);
            group = new LoopbackGroup(directory, NAMES.toArray(String[]::new));
            for (String name : NAMES) {
                Path log = directory.resolve(load + "-" + number + "-" + name + ".events");
                logs.put(name, log);
                String components =
                        "failure-detector { heartbeat-interval = 200ms, timeout = %ds, assume-synchrony = %s },"
                                + " workload { enabled = true, start-when = 2, messages = %d, %s, progress-interval = 200ms,"
                                + " log = \"%s\" }";
                processes.put(
                        name,
                        group.run(
                                name,
                                components.formatted(timeoutSeconds, assumeSynchrony, messages, load.settings(), log)));
            }
            processes.values().forEach(process -> process.awaitError("all 3 members have joined"));
        }

        RustnetProcess process(String name) {
            return processes.get(name);
        }

        /** Returns when the third runs again. */
        void pauseThird() {
            process("third").awaitError("broadcast \\d+ of " + messages);
            long pid = process("third").handle().pid();
            assertThat(process("first").error()).noneMatch(line -> line.contains("done: broadcast"));
            try {
                int exit = new ProcessBuilder(
                                "sh", "-c", "kill -STOP " + pid + " && sleep " + pauseSeconds + "; kill -CONT " + pid)
                        .start()
                        .waitFor();
                assertThat(exit).isZero();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        List<String> detections(String name) {
            return events(name).stream()
                    .filter(line -> line.startsWith("x ") || line.startsWith("r "))
                    .toList();
        }

        List<String> events(String name) {
            try {
                return Files.readAllLines(logs.get(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void assertHolds(Set<String> crashed, PropertySet properties) {
            var verdict = EventLogs.check(logs, crashed, properties);
            assertThat(verdict.holds()).as(verdict::toString).isTrue();
        }

        @Override
        public void close() {
            group.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void isSuspectedAndRestoredAndEverythingIsDelivered(Load load) {
        for (int number = 0; number < RUNS; number++) {
            try (Run run = new Run(number, load, ENDURANCE ? 2 : 1, false)) {
                run.pauseThird();

                String all = "done: broadcast " + run.messages + ", delivered " + 3 * run.messages + " ";
                run.processes.values().forEach(process -> process.awaitError(all));
                run.processes.values().forEach(RustnetProcess::terminate);
                run.processes.values().forEach(process -> assertThat(process.awaitExit())
                        .isZero());

                run.assertHolds(Set.of(), PropertySet.UNIFORM_RELIABLE_BROADCAST);
                run.assertHolds(Set.of(), PropertySet.FAILURE_DETECTOR);
                assertThat(run.detections("first")).contains("x " + THIRD, "r " + THIRD);
                assertThat(run.detections("second")).contains("x " + THIRD, "r " + THIRD);
            }
        }
    }

    private static List<Load> loads() {
        return ENDURANCE ? List.of(Load.values()) : List.of(Load.LIGHT);
    }

    @ParameterizedTest
    @MethodSource("loads")
    void withAssumeSynchronyItHasCrashedForGoodForEverybodyAndIsTold(Load load) {
        for (int number = 0; number < RUNS; number++) {
            try (Run run = new Run(number, load, 2, true)) {
                run.pauseThird();

                assertThat(run.process("third").awaitExit()).isEqualTo(1);
                assertThat(String.join("\n", run.process("third").error()))
                        .contains("RN-052")
                        .containsPattern("(first|second) counts third as crashed, for good, because it gave no sign of"
                                + " life for 2.0 s");
                for (String name : List.of("first", "second")) {
                    run.process(name).awaitError("done: broadcast " + run.messages + ", ");
                    assertThat(run.detections(name)).containsExactly("x " + THIRD);
                }
                run.process("first").type("they go on");
                run.process("second").awaitOutput("first#\\d+: they go on$");
                run.process("first").terminate();
                run.process("second").terminate();
                assertThat(run.process("first").awaitExit()).isZero();
                assertThat(run.process("second").awaitExit()).isZero();

                run.assertHolds(Set.of("third"), PropertySet.UNIFORM_RELIABLE_BROADCAST);
                run.assertHolds(Set.of("third"), PropertySet.PERFECT_FAILURE_DETECTOR);
                assertThat(run.detections("third")).as("it accuses nobody").isEmpty();
                assertThat(run.events("third")).as("it counts as crashed").endsWith("e");
            }
        }
    }
}
