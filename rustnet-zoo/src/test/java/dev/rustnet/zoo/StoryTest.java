package dev.rustnet.zoo;

import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.simulation.BroadcastLoad;
import dev.rustnet.testkit.simulation.FaultPlan;
import dev.rustnet.testkit.simulation.NetworkOptions;
import dev.rustnet.testkit.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What {@code docs/simulation.md} tells of one bug of the zoo happens as it stands there, and its pictures show it. {@code
 * -Drustnet.zoo=renew} draws them anew; {@code -Pendurance} makes the run smaller once more.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StoryTest {
    private static final Path PAGE = Bug.root().resolve("docs/simulation.md");
    private static final Path PICTURES = Bug.root().resolve("docs/pictures");
    private static final Path THIS = Bug.root().resolve("rustnet-zoo/src/test/java/dev/rustnet/zoo/StoryTest.java");
    private static final boolean ENDURANCE = Boolean.getBoolean("rustnet.endurance");
    private static final String HOW_TO_RENEW =
            "draw the pictures anew with -Drustnet.zoo=renew -Dtest=StoryTest; where the runs are other ones now, follow"
                    + " docs/simulation.md with the command, and write down in Story and on the page what it says";

    private final Map<String, String> wrong =
            World.with(Bug.named(Story.BUG)).run(Story.class, ENDURANCE ? Map.of("shrink", "") : Map.of());
    private final Map<String, String> right = World.real(Story.class, Map.of());

    /** The regression test of the page, as the shrinker prints it. */
    @Test
    @SuppressWarnings("CanonicalDuration")
    void whatASourceDeliversBeforeItCrashesAllDeliver() {
        Simulation run = Simulation.of(3)
                .seed(13)
                .network(NetworkOptions.lan())
                .startSpread(Duration.ofMillis(100))
                .check(PropertySet.named("uniform-reliable-broadcast"))
                .watchDetector()
                .load(new BroadcastLoad(
                        UniformReliableBroadcast.class, 20, Duration.ofMillis(500), Duration.ofMillis(100), 16))
                .messages(0, 1, 0)
                .faults(new FaultPlan().at(61250, MICROSECONDS).crashAfterSends("p2", 2))
                .build();
        run.runUntilQuiet(Duration.ofSeconds(8), Duration.ofSeconds(600));
        assertThat(run.verdict().holds()).as(run.report()).isTrue();
    }

    @Test
    void theBugFailsInBothRunsAndTheCorrectBuildInNone() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(page)
                .as(HOW_TO_RENEW)
                .contains(wrong.get("found-words"))
                .contains(wrong.get("smaller-words"))
                .contains(String.format(
                        Locale.ROOT,
                        "5 processes, 100 messages, 2 faults: %,d events; now 3 processes, 1 message, 1 fault: %,d events",
                        Long.valueOf(wrong.get("found-events")),
                        Long.valueOf(wrong.get("smaller-events"))));
        assertThat(wrong.get("found-words")).isNotEmpty();
        assertThat(wrong.get("smaller-words")).isNotEmpty();
        assertThat(right).containsEntry("found-holds", "true").containsEntry("smaller-holds", "true");
        if (ENDURANCE) {
            assertThat(page).as(HOW_TO_RENEW).contains(wrong.get("sizes"));
            assertThat(tight(page)).as(HOW_TO_RENEW).contains(tight(wrong.get("code")));
        }
    }

    @Test
    void thePageShowsTheRegressionTestThatStandsHere() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("Simulation run = Simulation.of(3)");
        String code = page.substring(begin, page.indexOf("```", begin));

        assertThat(tight(Files.readString(THIS))).contains(tight(code));
    }

    @Test
    void thePicturesAreCurrent() throws IOException {
        picture("story-found.svg", wrong.get("found-svg"), "docs/simulation.md");
        picture("story-smaller.svg", wrong.get("smaller-svg"), "docs/simulation.md");
        picture("story-mended.svg", right.get("smaller-svg"), "docs/simulation.md");
        picture("agreement-violated.svg", Story.weaker(), "README.md");
    }

    private static void picture(String name, String svg, String page) throws IOException {
        Path file = PICTURES.resolve(name);
        if ("renew".equals(System.getProperty("rustnet.zoo"))) {
            Files.writeString(file, svg);
        }
        assertThat(file).as(HOW_TO_RENEW).content().isEqualTo(svg);
        assertThat(Files.readString(Bug.root().resolve(page))).contains("pictures/" + name + ")");
    }

    private static String tight(String text) {
        return text.replaceAll("\\s+", "");
    }
}
