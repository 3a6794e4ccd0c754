package dev.rustnet.launcher.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rustnet.broadcast.BestEffortBroadcast;
import dev.rustnet.broadcast.ReliableBroadcast;
import dev.rustnet.broadcast.UniformReliableBroadcast;
import dev.rustnet.testkit.check.PropertySet;
import dev.rustnet.testkit.diagram.HtmlPage;
import dev.rustnet.testkit.diagram.SpaceTime;
import dev.rustnet.testkit.diagram.SpaceTime.About;
import dev.rustnet.testkit.diagram.SpaceTime.Arrow;
import dev.rustnet.testkit.diagram.SpaceTime.ArrowKind;
import dev.rustnet.testkit.diagram.SpaceTime.Point;
import dev.rustnet.testkit.diagram.SpaceTime.PointKind;
import dev.rustnet.testkit.diagram.SpaceTimeRecorder;
import dev.rustnet.testkit.simulation.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser: drawn, clicked, typed at. Its pictures are left in {@code target/pictures}. */
final class SpaceTimePageTest {
    private static final Path PICTURES = Path.of("target", "pictures");

    private static final Scenario SMALL =
            Scenario.of(UniformReliableBroadcast.class, PropertySet.UNIFORM_RELIABLE_BROADCAST, 4, 3, 1, false);

    private static final Scenario LARGE =
            Scenario.of(ReliableBroadcast.class, PropertySet.RELIABLE_BROADCAST, 12, 14, 2, true);

    private static final Scenario TOO_WEAK =
            Scenario.of(BestEffortBroadcast.class, PropertySet.RELIABLE_BROADCAST, 4, 1, 1, false);

    @TempDir
    private static Path directory;

    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(Chromium.installed().isPresent(), Chromium.MISSING);
        chromium = Chromium.start(directory.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void window() {
        chromium.window(1400, 860, false);
    }

    @Test
    void saysWhatRanAndThatAllHolds() throws IOException {
        open(diagram(SMALL, 8));

        assertThat(chromium.text("#title")).isEqualTo("a run");
        assertThat(chromium.text("#facts")).contains("4 processes", "12 broadcasts", "seed 8");
        assertThat(chromium.text("#badge")).isEqualTo("✓ all 5 properties hold");
        assertThat(chromium.text("#command")).isEqualTo("rustnet simulate --seed 8");
        chromium.clickOn("#tab-run");
        assertThat(chromium.text("#run"))
                .contains("URB4 uniform agreement", "If a message m is delivered by some process (correct or faulty)");
    }

    @Test
    void aViolationStandsOnTopAndItsEventsCanBeVisited() throws IOException {
        open(violation());

        assertThat(chromium.text("#badge")).isEqualTo("✗ RB4 agreement violated");
        assertThat(chromium.text("#findings")).contains("RB4 agreement is violated", "never delivers ");
        chromium.press("n");
        assertThat(chromium.text("#event h2")).contains(" broadcasts ");
        chromium.clickOn("#findings .chip:nth-child(3)");
        assertThat(chromium.text("#event h2")).contains(" delivers ");
        chromium.picture(PICTURES.resolve("violation-selected.png"));
    }

    @Test
    void aClickSelectsAnEventAndTellsItsPastAndFuture() throws IOException {
        SpaceTime diagram = diagram(SMALL, 8);
        open(diagram);
        Point delivery = first(diagram, PointKind.DELIVER, 20);

        clickOn(delivery);

        assertThat(chromium.text("#event h2")).isEqualTo(delivery.text());
        assertThat(chromium.text("#said")).startsWith(delivery.text());
        assertThat(chromium.text("#event")).contains("Happened before it", delivery.message());
        assertThat(chromium.evaluate("location.hash")).isEqualTo("#" + (delivery.id() + 1));
        String broadcast = delivery.message().replaceAll("#.*", "") + " broadcasts " + delivery.message();
        assertThat((String) chromium.evaluate(
                        "[...document.querySelectorAll('#event .row')].map(row => row.textContent).join()"))
                .contains(broadcast);
        chromium.picture(PICTURES.resolve("selected.png"));
        chromium.press("Escape");
        assertThat(selected()).isEqualTo(-1);
    }

    @Test
    void theKeyboardStepsForwardAndBackOnALineAndAcrossAMessage() throws IOException {
        SpaceTime diagram = diagram(SMALL, 8);
        open(diagram);

        chromium.press("ArrowRight");
        int start = selected();
        chromium.press("ArrowRight");
        int second = selected();
        chromium.press("ArrowLeft");
        assertThat(start).isZero();
        assertThat(second).isGreaterThan(start);
        assertThat(selected()).isEqualTo(start);
        chromium.press("ArrowDown");
        assertThat(diagram.points().get(selected()).process())
                .isNotEqualTo(diagram.points().get(start).process());

        Arrow arrow = diagram.arrows().stream()
                .filter(each -> each.kind() == ArrowKind.DATA && each.arrived())
                .findFirst()
                .orElseThrow();
        chromium.evaluate("location.hash = '#" + (arrow.from() + 1) + "'; 1");
        chromium.drawn();
        assertThat(selected()).isEqualTo(arrow.from());
        chromium.press("Enter");
        assertThat(diagram.points().get(selected()).kind()).isEqualTo(PointKind.FRAME_RECEIVED);
    }

    @Test
    void theFilterShowsOneMessageAlone() throws IOException {
        SpaceTime diagram = diagram(SMALL, 8);
        open(diagram);
        int all = drawn();
        String message = first(diagram, PointKind.BROADCAST, 3).message();

        chromium.clickOn("#message");
        chromium.type(message);

        assertThat(drawn()).isLessThan(all / 2).isPositive();
        chromium.picture(PICTURES.resolve("filtered.png"));
        chromium.press("Escape");
        assertThat(drawn()).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fair-loss", "acknowledgement", "connection"})
    void aKindIsShownAndHiddenByItsButton(String kind) throws IOException {
        open(diagram(SMALL, 8));
        int before = drawn();

        chromium.clickOn("[data-kind=" + kind + "]");
        chromium.clickOn("#fit");
        assertThat(drawn()).isGreaterThan(before);
        chromium.picture(PICTURES.resolve("with-" + kind + ".png"));
        chromium.clickOn("[data-kind=" + kind + "]");
        chromium.clickOn("#fit");
        assertThat(drawn()).isEqualTo(before);
    }

    @Test
    void zoomAndDragChangeWhatIsSeen() throws IOException {
        open(diagram(LARGE, 7));
        int all = drawn();

        for (int i = 0; i < 8; i++) {
            chromium.press("+");
        }
        int near = drawn();
        assertThat(near).isPositive().isLessThan(all / 2);
        chromium.picture(PICTURES.resolve("large-zoomed.png"));
        Object before = chromium.evaluate("whereIs(500).x");
        chromium.drag(700, 500, 300);
        assertThat(Chromium.number(chromium.evaluate("whereIs(500).x"))).isLessThan(Chromium.number(before) - 300);
        chromium.press("f");
        assertThat(drawn()).isEqualTo(all);
    }

    @Test
    void theFutureIsHiddenUntilOneStepsIntoIt() throws IOException {
        SpaceTime diagram = diagram(SMALL, 8);
        open(diagram);
        clickOn(first(diagram, PointKind.DELIVER, 10));

        chromium.press("h");

        assertThat(chromium.evaluate("document.querySelector('#curtain').getAttribute('aria-pressed')"))
                .isEqualTo("true");
        chromium.picture(PICTURES.resolve("future-hidden.png"));
    }

    @ParameterizedTest
    @CsvSource({"small,false", "small,true", "large,false", "large,true", "violation,false", "violation,true"})
    void fitsLightAndDarkAndANarrowWindow(String which, boolean dark) throws IOException {
        SpaceTime diagram =
                switch (which) {
                    case "small" -> diagram(SMALL, 8);
                    case "large" -> diagram(LARGE, 7);
                    default -> violation();
                };
        String name = which + (dark ? "-dark" : "-light");
        chromium.window(1400, 860, dark);
        open(diagram);

        assertThat(chromium.evaluate("document.documentElement.dataset.theme")).isEqualTo(dark ? "dark" : "light");
        chromium.picture(PICTURES.resolve(name + ".png"));
        chromium.window(420, 900, dark);
        chromium.drawn();
        assertThat(Chromium.number(chromium.evaluate("document.documentElement.scrollWidth")))
                .isLessThanOrEqualTo(420);
        chromium.picture(PICTURES.resolve(name + "-narrow.png"));
    }

    @Test
    void namesAndTextsAreTextWhateverTheyContain() throws IOException {
        String evil = "</script><script>window.hacked = 1</script><img src=x onerror=window.hacked=1><!-- <script>";
        open(new SpaceTime(
                About.simulation(evil, evil),
                List.of("p1" + evil, "p2"),
                List.of(
                        new Point(0, 0, 0, PointKind.BROADCAST, evil, evil),
                        new Point(1, 1, 9_000, PointKind.DELIVER, evil, evil)),
                List.of(new Arrow(0, 0, 1, 1, -1, ArrowKind.DATA, List.of(evil), List.of(evil))),
                List.of(),
                10_000,
                true,
                List.of()));

        chromium.press("ArrowRight");
        assertThat(chromium.text("#title")).isEqualTo(evil.strip());
        assertThat(chromium.text("#event h2")).isEqualTo(evil);
        assertThat(chromium.evaluate("String(window.hacked)")).isEqualTo("undefined");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void textHasFourAndAHalfTimesTheContrastAndSignsHaveThreeTimes(boolean dark) throws IOException {
        chromium.window(1400, 860, dark);
        open(diagram(SMALL, 8));

        String contrast = "(() => { const style = getComputedStyle(document.documentElement);"
                + " const light = name => { const hex = style.getPropertyValue('--' + name).trim();"
                + " return [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16) / 255)"
                + ".map(c => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)"
                + ".reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0); };"
                + " const ratio = (a, b) => (Math.max(light(a), light(b)) + .05) / (Math.min(light(a), light(b)) + .05);"
                + " return name => Math.min(ratio(name, 'paper'), ratio(name, 'zebra')); })()";
        for (String text : List.of("ink", "soft", "accent", "good", "bad", "unsure")) {
            assertThat(Chromium.number(chromium.evaluate("(" + contrast + ")('" + text + "')")))
                    .as(text)
                    .isGreaterThan(4.5);
        }
        for (String sign : List.of(
                "data",
                "relay",
                "acknowledgement",
                "fair-loss",
                "connection",
                "other",
                "deliver",
                "view",
                "suspect",
                "restore",
                "crash",
                "start",
                "message",
                "line",
                "past",
                "future")) {
            assertThat(Chromium.number(chromium.evaluate("(" + contrast + ")('" + sign + "')")))
                    .as(sign)
                    .isGreaterThan(3);
        }
    }

    private static void open(SpaceTime diagram) throws IOException {
        Path page = directory.resolve("run.html");
        Files.writeString(page, HtmlPage.of(diagram));
        chromium.open(page);
    }

    private static void clickOn(Point point) {
        Map<String, Object> at = Chromium.map(chromium.evaluate("whereIs(" + (point.id() + 1) + ")"));
        chromium.click(Chromium.number(at.get("x")), Chromium.number(at.get("y")));
    }

    private static int drawn() {
        chromium.drawn();
        return Integer.parseInt((String) chromium.evaluate("document.documentElement.dataset.drawn"));
    }

    private static int selected() {
        return Integer.parseInt((String) chromium.evaluate("document.querySelector('#stage').dataset.selected"));
    }

    private static Point first(SpaceTime diagram, PointKind kind, int skip) {
        return diagram.points().stream()
                .filter(point -> point.kind() == kind)
                .skip(skip)
                .findFirst()
                .orElseThrow();
    }

    private static SpaceTime violation() {
        for (long seed = 1; seed < 1_000; seed++) {
            SpaceTime diagram = diagram(TOO_WEAK, seed);
            if (diagram.verdicts().get(0).violation().isPresent()) {
                return diagram;
            }
        }
        throw new AssertionError("no seed breaks agreement");
    }

    private static SpaceTime diagram(Scenario scenario, long seed) {
        SpaceTimeRecorder recorder = new SpaceTimeRecorder();
        Simulation run = scenario.run(seed, recorder);
        return recorder.of(run, "a run", "rustnet simulate --seed " + seed);
    }
}
