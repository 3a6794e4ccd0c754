package dev.rustnet.testkit.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rustnet.testkit.check.Property;
import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.check.Verdict;
import dev.rustnet.testkit.diagram.SpaceTime.Arrow;
import dev.rustnet.testkit.diagram.SpaceTime.ArrowKind;
import dev.rustnet.testkit.diagram.SpaceTime.Point;
import dev.rustnet.testkit.diagram.SpaceTime.PointKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A diagram of three processes, by hand: first broadcasts, second delivers it, third never gets it. */
final class ExportsTest {
    private final SpaceTime diagram = new SpaceTime(
            SpaceTime.About.simulation("</script><b>title</b><!-- <script>", "rustnet simulate"),
            List.of("first", "second", "third"),
            List.of(
                    new Point(0, 0, 1_000, PointKind.BROADCAST, "first broadcasts first#1", "first#1"),
                    new Point(1, 0, 2_000, PointKind.FRAME_SENT, "first sends to second", ""),
                    new Point(2, 0, 2_000, PointKind.FRAME_SENT, "first sends to third", ""),
                    new Point(3, 1, 9_000, PointKind.FRAME_RECEIVED, "second receives from first", ""),
                    new Point(4, 1, 9_000, PointKind.DELIVER, "second delivers first#1", "first#1")),
            List.of(
                    new Arrow(0, 1, 3, 1, -1, ArrowKind.DATA, List.of("best-effort first#1"), List.of("first#1")),
                    new Arrow(1, 2, -1, 2, 5_000, ArrowKind.DATA, List.of("best-effort first#1"), List.of("first#1"))),
            List.of(),
            10_000,
            true,
            List.of(new RunVerdict(
                    "reliable-broadcast",
                    List.of(new Verdict(
                            Property.RB4,
                            Verdict.Outcome.VIOLATED,
                            "second, which is correct, delivered first#1, and third, which is correct, never did")),
                    1,
                    1)));

    @Test
    void nothingInTheDataEndsThePagesScript() throws Exception {
        String page = HtmlPage.of(diagram);

        String json = page.substring(page.indexOf("json\">") + 6, page.indexOf("</script>"));
        assertThat(JSON.std.mapFrom(json)).containsEntry("title", "</script><b>title</b><!-- <script>");
        assertThat(page).doesNotContain("</script><b>");
    }

    @Test
    @SuppressWarnings("unchecked")
    void theMessagesThatBreakAPropertyAreNamed() throws Exception {
        String page = HtmlPage.of(diagram);
        String json = page.substring(page.indexOf("json\">") + 6, page.indexOf("</script>"));
        Map<String, Object> verdict =
                ((List<Map<String, Object>>) JSON.std.mapFrom(json).get("verdicts")).get(0);

        assertThat(((List<Map<String, Object>>) verdict.get("properties")).get(0))
                .containsEntry("outcome", "violated")
                .containsEntry("messages", List.of("first#1"));
    }

    @Test
    void mermaidShowsWhatArrivedAndWhatWasLost() {
        assertThat(Mermaid.of(diagram).lines())
                .containsExactly(
                        "sequenceDiagram",
                        "    participant P1 as first",
                        "    participant P2 as second",
                        "    participant P3 as third",
                        "    Note over P1: first broadcasts first#35;1",
                        "    P1-xP3: first#35;1",
                        "    P1->>P2: first#35;1",
                        "    Note over P2: second delivers first#35;1");
    }

    @Test
    void shivizLogsHaveVectorTimesThatFollowTheArrows() throws Exception {
        List<String> lines = ShiViz.of(diagram).lines().toList();

        List<String> times = new ArrayList<>();
        for (int i = 3; i < lines.size(); i += 2) {
            times.add(lines.get(i));
        }
        assertThat(lines).startsWith("(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})", "");
        assertThat(times)
                .containsExactly(
                        "first {\"first\":1}",
                        "first {\"first\":2}",
                        "first {\"first\":3}",
                        "second {\"first\":2,\"second\":1}",
                        "second {\"first\":2,\"second\":2}");
    }

    @Test
    void theImageMarksTheAccusedMessageAndEscapesText() {
        String svg = SvgImage.of(diagram);

        assertThat(svg).contains("&lt;/script&gt;", "stroke=\"var(--bad)\" stroke-width=\"2.2\"");
    }

    @Test
    void theImageSaysAtTheEndOfALineWhatNeverHappenedThere() {
        assertThat(SvgImage.of(diagram)).contains("style=\"fill:var(--bad)\">never delivers first#1</text>");
    }

    @Test
    void theImageOfOneMessageLeavesOutTheOthers() {
        String svg = SvgImage.of(diagram, "first#1");
        String other = SvgImage.of(diagram, "second#1");

        assertThat(svg).contains("first broadcasts first#1", "best-effort first#1");
        assertThat(other).doesNotContain("first broadcasts first#1").doesNotContain("best-effort first#1");
    }
}
