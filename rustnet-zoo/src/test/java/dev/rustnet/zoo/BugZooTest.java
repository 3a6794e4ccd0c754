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
    private static final Path SIMULATION = Bug.root().resolve("docs/simulation.md");

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
        boolean strict = Boolean.getBoolean("rustnet.endurance");
        if (strict) {
            assertThat(Zoo.findAgain(bug).of("seed")).as(Zoo.HOW_TO_RENEW).isEqualTo(found.of("seed"));
            assertThat(wrong).as(Zoo.HOW_TO_RENEW).containsEntry("again", bug.breaks());
        }
        // Where the real code has moved on, the seeds mean other runs: the bug must be found all the same.
        if (!wrong.get("again").equals(bug.breaks())) {
            found = Zoo.smallerWithAnotherSeed(bug, found);
        }
        if (!wrong.get("breaks").equals(bug.breaks())) {
            found = found.with("seed", Zoo.findAgain(bug).of("seed"));
        }
        assertThat(Zoo.again(bug, found, false))
                .as("the correct build in the runs of " + bug.name())
                .containsEntry("breaks", "")
                .containsEntry("again", "");
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
        assertThat(Found.median(zoo.values())).isGreaterThanOrEqualTo(10);
        assertThat(SIMULATION)
                .content()
                .contains("each event of the smaller one is " + BugZooPage.rounded(Found.median(zoo.values())) + ".");
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
