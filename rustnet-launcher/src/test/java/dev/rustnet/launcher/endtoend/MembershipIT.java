package dev.rustnet.launcher.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is refused, and with which words. */
class MembershipIT {
    @TempDir
    private Path directory;

    @Test
    void aRestartedProcessIsRefusedAndDisturbsNobody() {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second", "third")) {
            RustnetProcess first = group.run("first", LoopbackGroup.QUICK);
            RustnetProcess second = group.run("second", LoopbackGroup.QUICK);
            RustnetProcess third = group.run("third", LoopbackGroup.QUICK);
            first.awaitError("all 3 members have joined");
            second.awaitError("all 3 members have joined");
            third.kill();

            RustnetProcess again = group.run("third", LoopbackGroup.QUICK);

            assertThat(again.awaitExit()).isEqualTo(1);
            assertThat(String.join("\n", again.error()))
                    .contains("refuses this process: static-membership keeps the book's crash-stop model: third has"
                            + " already taken part as another incarnation and cannot come back");
            // Two of three are a majority.
            first.type("still here");
            first.awaitOutput("^first#1: still here$");
            second.awaitOutput("^first#1: still here$");
            assertThat(first.alive()).isTrue();
            assertThat(second.alive()).isTrue();
        }
    }

    @Test
    void peerListsThatDifferAreRefusedOnBothSidesNamingTheDifference() {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second", "third")) {
            RustnetProcess first = group.run(
                    "first", group.configure("first", LoopbackGroup.QUICK, List.of("first", "second", "third")));
            RustnetProcess second =
                    group.run("second", group.configure("second", LoopbackGroup.QUICK, List.of("first", "second")));

            String difference = "peer lists differ: only first lists third@" + group.address("third");
            first.awaitError(difference);
            second.awaitError(difference);
        }
    }

    @Test
    void aStrangerIsRefusedOnBothSides() {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second", "stranger")) {
            RustnetProcess first =
                    group.run("first", group.configure("first", LoopbackGroup.QUICK, List.of("first", "second")));
            RustnetProcess second =
                    group.run("second", group.configure("second", LoopbackGroup.QUICK, List.of("first", "second")));
            first.awaitError("all 2 members have joined");
            second.awaitError("all 2 members have joined");

            RustnetProcess stranger = group.run("stranger", LoopbackGroup.QUICK);

            String sentence = "stranger \\(" + group.address("stranger") + "\\) is not in the peer list of ";
            first.awaitError(sentence + "first");
            stranger.awaitError(sentence + "first");
            stranger.awaitError(sentence + "second");
            second.type("undisturbed");
            first.awaitOutput("^second#1: undisturbed$");
        }
    }

    @Test
    void settingsThatTouchGuaranteesAndDifferAreRefusedNamingBothValues() {
        try (LoopbackGroup group = new LoopbackGroup(directory, "first", "second")) {
            RustnetProcess first = group.run("first", LoopbackGroup.QUICK);
            RustnetProcess second = group.run("second", LoopbackGroup.QUICK_AND_PERFECT);

            first.awaitError("assume-synchrony is false at first and true at second"
                    + "|assume-synchrony is true at second and false at first");
            second.awaitError("assume-synchrony is false at first and true at second"
                    + "|assume-synchrony is true at second and false at first");
        }
    }
}
