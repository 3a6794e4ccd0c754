package dev.rustnet.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every bug is found, and it is the bug that is found: the correct build passes the very same runs. By default each is run with
 * the seed that is known to find it, and hunted only when that finds it no more; {@code -Pendurance} hunts all from the first
 * seed on, and {@code -Drustnet.zoo=renew} writes down what it finds.
 */
final class BugZooTest {
    private static final Path PAGE = Bug.root().resolve("docs/bug-zoo.md");

    @TestFactory
    Stream<DynamicTest> everyBugIsFoundAndTheCorrectBuildPassesTheSameRuns() {
        return Bug.all().stream().map(bug -> DynamicTest.dynamicTest(bug.name(), () -> check(bug)));
    }

    private static void check(Bug bug) throws IOException {
        if (renew()) {
            Zoo.hunt(bug).write(bug);
        }
        Found found = Found.read(bug);
        Map<String, String> wrong = Zoo.again(bug, found, true);
        if (Boolean.getBoolean("rustnet.endurance")) {
            assertThat(Zoo.findAgain(bug).of("seed")).as(Zoo.HOW_TO_RENEW).isEqualTo(found.of("seed"));
        } else if (!wrong.get("breaks").equals(bug.breaks())) {
            // The real code has moved on, and the seeds mean other runs: the bug must be found all the same.
            found = Zoo.findAgain(bug);
        }
        if (found.texts().containsKey("smaller-seed")) {
            Map<String, String> right = Zoo.again(bug, found, false);
            assertThat(right)
                    .as("the correct build in the runs of " + bug.name())
                    .containsEntry("breaks", "")
                    .containsEntry("again", "");
        } else {
            Found shown = found;
            assertThat(new Hunt()
                            .apply(Map.of(
                                    "scenario", bug.scenario().toString(), "seeds", shown.of("seed"), "shrink", "0")))
                    .as("the correct build in " + bug.scenario())
                    .isEmpty();
        }
    }

    @Test
    void thePageIsCurrent() throws IOException {
        Map<Bug, Found> zoo = new LinkedHashMap<>();
        Bug.all().forEach(bug -> zoo.put(bug, Found.read(bug)));
        String page = BugZooPage.of(zoo);
        if (renew()) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE).as(Zoo.HOW_TO_RENEW).content().isEqualTo(page);
        assertThat(zoo).hasSizeGreaterThanOrEqualTo(25);
    }

    @Test
    void aPatchThatFitsNoLongerSaysSoAndNamesItsFile() {
        Bug present = Bug.named("uniform-delivers-at-receipt");
        Bug stale = new Bug(
                present.name(),
                present.title(),
                present.of(),
                present.breaks(),
                present.scenario(),
                present.what(),
                present.why(),
                present.diff().replace("rule.commit(", "rule.committed("));

        assertThatThrownBy(() -> World.with(stale))
                .hasMessageContaining(
                        "rustnet-zoo/bugs/uniform-delivers-at-receipt.diff does not fit the real code any more")
                .hasMessageContaining("AllAckUniformReliableBroadcast.java")
                .hasMessageContaining("rule.committed(");
    }

    @Test
    void aPatchThatDoesNotCompileSaysSo() {
        Bug present = Bug.named("uniform-delivers-at-receipt");
        Bug broken = new Bug(
                present.name(),
                present.title(),
                present.of(),
                present.breaks(),
                present.scenario(),
                present.what(),
                present.why(),
                present.diff().replace("log.received(source);", "log.recieved(source);"));

        assertThatThrownBy(() -> World.with(broken))
                .hasMessageContaining("uniform-delivers-at-receipt cannot be compiled");
    }

    @Test
    void aHunkMustStandInItsFileExactlyOnce() {
        Patch patch = Patch.parse("--- a/A.java\n+++ b/A.java\n@@ -1,2 +1,2 @@\n one\n-two\n+three\n");

        assertThat(patch.files().keySet()).isEqualTo(Set.of("A.java"));
        assertThat(patch.apply("A.java", "zero\none\ntwo\n")).isEqualTo("zero\none\nthree\n");
        assertThatThrownBy(() -> patch.apply("A.java", "one\ntwo\none\ntwo\n")).hasMessageContaining("more than once");
        assertThatThrownBy(() -> patch.apply("A.java", "one\n2\n")).hasMessageContaining("not there any more");
    }

    @Test
    void whatIsFoundReadsBackAsItWas() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("smaller-seed", "3");
        texts.put("smaller-processes", "3");
        texts.put("smaller-messages", "0,1,2");
        texts.put("smaller-faults", "at 3s crash p1 after 2 sends; at 4s heal");
        texts.put("smaller-start-spread", "100ms");
        texts.put("smaller-network", "rough");
        texts.put("smaller-size", "3 processes, 3 messages, 2 faults");

        assertThat(Found.texts(Found.script(texts))).isEqualTo(texts);
        assertThat(new Found(texts).faults()).isEqualTo(List.of("at 3s crash p1 after 2 sends", "at 4s heal"));
    }

    private static boolean renew() {
        return "renew".equals(System.getProperty("rustnet.zoo"));
    }
}
