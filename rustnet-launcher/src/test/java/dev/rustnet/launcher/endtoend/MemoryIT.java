package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes with 64 MiB of heap and 64 MiB of direct memory live through load, slow handlers and full windows. */
@Timeout(value = 1_800, threadMode = ThreadMode.SEPARATE_THREAD)
final class MemoryIT {
    private static final boolean ENDURANCE = Boolean.getBoolean("rustnet.endurance");
    private static final long BROADCASTS = ENDURANCE ? 1_000_002 : 60_000;
    private static final long SLOW = BROADCASTS / 100;
    private static final long MARK = BROADCASTS / 10;
    private static final long MOST_GROWTH_BYTES = 5_000_000;
    private static final int LENGTH = 1024;
    private static final int[] LENGTHS =
            ENDURANCE ? new int[] {8, LENGTH, 70_000, 1_000_000} : new int[] {LENGTH, 1_000_000};
    /** Well below what full windows of at least a kilobyte take. */
    private static final long FULL = 12_000_000;

    private static final long PATIENCE_SECONDS = ENDURANCE ? 1_200 : 120;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"reliable", "uniform"})
    void aSlowHandlerMeetsBackPressureAndTheHeapStaysWhereItWas(String service) {
        try (var nodes = new MemoryNodes(directory, 3, SLOW, MARK, false)) {
            nodes.say("expect " + BROADCASTS);
            nodes.say("broadcast " + service + " " + BROADCASTS / 3 + " " + LENGTH);

            assertTheHeapStays(nodes, nodes.all());
            assertThat(nodes.printed("suspected")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reliable", "uniform"})
    void theHeapStaysWhereItWasWhenAMemberCrashesHalfWay(String service) {
        try (var nodes = new MemoryNodes(directory, 4, 0, MARK, true)) {
            List<RustnetProcess> survivors = nodes.all().subList(0, 3);
            RustnetProcess crashing = nodes.all().get(3);
            crashing.type("expect " + BROADCASTS / 2);
            survivors.forEach(node -> node.type("expect " + BROADCASTS));
            survivors.forEach(node -> node.type("broadcast " + service + " " + BROADCASTS / 3 + " " + LENGTH));
            crashing.awaitOutput("^complete", PATIENCE_SECONDS);

            crashing.kill();

            survivors.forEach(node -> node.awaitOutput("^crashed .*p4", PATIENCE_SECONDS));
            assertTheHeapStays(nodes, survivors);
        }
    }

    /** No perfect detector: until the exclusion, what the killed one has not acknowledged is kept, and broadcasts wait. */
    @Test
    void theHeapStaysWhereItWasWhenAMemberIsExcludedHalfWay() {
        try (var nodes = MemoryNodes.withViews(directory, 4, MARK)) {
            List<RustnetProcess> survivors = nodes.all().subList(0, 3);
            RustnetProcess crashing = nodes.all().get(3);
            crashing.type("expect " + BROADCASTS / 2);
            survivors.forEach(node -> node.type("expect " + BROADCASTS));
            survivors.forEach(node -> node.type("broadcast uniform " + BROADCASTS / 3 + " " + LENGTH));
            crashing.awaitOutput("^complete", PATIENCE_SECONDS);

            crashing.kill();

            survivors.forEach(node -> node.awaitOutput("^excluded .*p4", PATIENCE_SECONDS));
            assertTheHeapStays(nodes, survivors);
        }
    }

    private static void assertTheHeapStays(MemoryNodes nodes, List<RustnetProcess> of) {
        for (RustnetProcess node : of) {
            Matcher end = node.awaitOutput("^complete \\d+ (\\d+) (\\d+)$", PATIENCE_SECONDS);
            Matcher mark = node.awaitOutput("^mark (\\d+) (\\d+)$");
            figure(node, "after a tenth", mark);
            figure(node, "at the end", end);
            assertThat(heap(end) - heap(mark)).isLessThan(MOST_GROWTH_BYTES);
        }
        nodes.assertNothingWentWrong();
    }

    /** The worst case: every source has filled its windows, and one member takes in none of it. */
    @Test
    void fullWindowsOfSevenMembersFitIntoTheMemory() {
        try (var nodes = new MemoryNodes(directory, 7, 0, 0, false)) {
            RustnetProcess reader = nodes.get(0);
            List<RustnetProcess> others = nodes.all().subList(1, 7);
            long broadcast = 0;
            for (int length : LENGTHS) {
                reader.type("hold " + length);
                reader.awaitOutput("^holds " + length + "$");
                others.forEach(node -> node.type("fill " + length));
                for (RustnetProcess node : others) {
                    broadcast += Long.parseLong(
                            node.awaitOutput("^filled " + length + " (\\d+)$").group(1));
                }
                String all = "received " + broadcast;
                others.forEach(node -> node.type(all));
                for (RustnetProcess node : others) {
                    Matcher holding = node.awaitOutput("^" + all + " (\\d+) (\\d+)$");
                    figure(node, "length " + length, holding);
                    assertThat(direct(holding)).isGreaterThan(length < LENGTH ? 0 : FULL);
                }
                reader.type("release");
                nodes.say("expect " + broadcast);
                for (RustnetProcess node : nodes.all()) {
                    Matcher complete = node.awaitOutput("^complete " + broadcast + " (\\d+) (\\d+)$");
                    figure(node, "length " + length, complete);
                }
            }
            nodes.assertNothingWentWrong();
        }
    }

    private static void figure(RustnetProcess node, String when, Matcher memory) {
        System.out.println(node.label() + ", " + when + ": " + memory.group(1) + " bytes of heap, " + memory.group(2)
                + " of direct memory");
    }

    private static long heap(Matcher memory) {
        return Long.parseLong(memory.group(1));
    }

    private static long direct(Matcher memory) {
        return Long.parseLong(memory.group(2));
    }
}
