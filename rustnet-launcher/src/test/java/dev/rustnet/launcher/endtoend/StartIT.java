package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a node starts, or does not, and how it ends. */
class StartIT {
    @TempDir
    private Path directory;

    @Test
    void aWrongConfigurationIsReportedWholeWithoutAStackTraceAndTheExitCodeIs2() {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second")) {
            RustnetProcess first =
                    group.run("first", "failure-detector { timeot = 5s }, static-membership { join-timeout = soon }");

            assertThat(first.awaitExit()).isEqualTo(2);

            assertThat(String.join("\n", first.error()))
                    .contains("The node cannot start, for 2 reasons:")
                    .containsPattern("RN-022 .*first.conf:4.*timeot")
                    .contains("timeout")
                    .containsPattern("RN-021 .*first.conf:4.*soon")
                    .doesNotContain("\tat ");
            assertThat(first.output()).isEmpty();
        }
    }

    @Test
    void aPortInUseIsReportedAndTheExitCodeIs2() throws Exception {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second");
                ServerSocket other = new ServerSocket()) {
            String address = group.address("first");
            int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
            other.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));

            RustnetProcess first = group.run("first", LoopbackGroup.QUICK);

            assertThat(first.awaitExit()).isEqualTo(2);
            assertThat(String.join("\n", first.error()))
                    .contains("RN-031")
                    .contains(address)
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aMissingConfigurationFileIsReportedAndTheExitCodeIs2() {
        try (RustnetProcess run = RustnetProcess.start("run", "run", "-c", "there-is-no-such.conf")) {
            assertThat(run.awaitExit()).isEqualTo(2);
            assertThat(String.join("\n", run.error()))
                    .contains("there-is-no-such.conf")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void sigtermEndsANodeWithinFiveSecondsAndTheExitCodeIs0() {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second")) {
            RustnetProcess first = group.run("first", LoopbackGroup.QUICK);
            RustnetProcess second = group.run("second", LoopbackGroup.QUICK);
            first.awaitError("all 2 members have joined");
            second.awaitError("all 2 members have joined");
            first.type("one");
            second.awaitOutput("^first#1: one$");

            first.terminate();

            assertThat(first.awaitExit(5)).isZero();
            assertThat(first.error()).last().asString().contains("first has stopped, as it was told to");
            assertThat(second.alive()).isTrue();
        }
    }

    @Test
    void sigtermEndsANodeThatIsAloneAmongSilentPeers() {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second")) {
            RustnetProcess first = group.run("first", LoopbackGroup.QUICK);
            first.awaitError("listens on");
            first.type("nobody hears this");

            first.terminate();

            assertThat(first.awaitExit(5)).isZero();
        }
    }

    @Test
    void goesOnAtTheEndOfItsInputAndStopsThereWhenToldSo() {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second")) {
            RustnetProcess first = group.run("first", LoopbackGroup.QUICK);
            RustnetProcess second =
                    group.run("second", group.configure("second", LoopbackGroup.QUICK), "--until-end-of-input");
            first.endInput();
            second.type("the only line");
            second.endInput();

            assertThat(second.awaitExit()).isZero();
            first.awaitOutput("^second#1: the only line$");
            assertThat(first.alive()).isTrue();
        }
    }

    @Test
    void explainsItsPlanAndShowsItsSettingsWithTheirOrigins() {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second")) {
            String config = group.configure("first", LoopbackGroup.QUICK).toString();
            try (RustnetProcess explain = RustnetProcess.start("explain", "explain", "-c", config);
                    RustnetProcess settings = RustnetProcess.start("config", "config", "-c", config);
                    RustnetProcess components = RustnetProcess.start("components", "components")) {
                assertThat(explain.awaitExit()).isZero();
                assertThat(String.join("\n", explain.output()))
                        .containsPattern("uniform-reliable-broadcast +\\(rustnet-uniform-reliable-broadcast.*\\.jar\\)")
                        .containsPattern("after static-membership, because it requires GroupMembership")
                        .containsPattern("workload +\\(.*\\.jar\\): disabled at .*reference\\.conf:\\d+");

                assertThat(settings.awaitExit()).isZero();
                assertThat(String.join("\n", settings.output()))
                        .containsPattern(
                                "rustnet\\.components\\.failure-detector\\.heartbeat-interval = \"200ms\" .*first\\.conf:4")
                        .containsPattern("rustnet\\.components\\.workload\\.enabled = false .*reference\\.conf");

                assertThat(components.awaitExit()).isZero();
                assertThat(String.join("\n", components.output()))
                        .containsPattern(
                                "failure-detector +rustnet-failure-detector.*\\.jar +provides FailureDetector");
            }
        }
    }
}
