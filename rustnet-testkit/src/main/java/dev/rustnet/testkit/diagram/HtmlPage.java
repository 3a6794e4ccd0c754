package dev.rustnet.testkit.diagram;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.check.Verdict;
import dev.rustnet.testkit.diagram.SpaceTime.Arrow;
import dev.rustnet.testkit.diagram.SpaceTime.Band;
import dev.rustnet.testkit.diagram.SpaceTime.Point;
import dev.rustnet.testkit.diagram.SpaceTime.PointKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The diagram as one page that needs nothing else: no network, no other file. Points and arrows travel as arrays, since
 * there may be many of them.
 */
public final class HtmlPage {
    /** In this order, since the later ones use the earlier ones. */
    private static final List<String> SCRIPTS = List.of("run.js", "layout.js", "drawing.js", "panel.js", "controls.js");

    private HtmlPage() {}

    /** The page's text, in UTF-8 once written. */
    public static String of(SpaceTime diagram) {
        String script = SCRIPTS.stream().map(HtmlPage::part).collect(Collectors.joining("\n"));
        return part("page.html")
                .replace("/*STYLE*/", part("style.css"))
                .replace("/*SCRIPT*/", script)
                .replace("/*DATA*/", json(diagram));
    }

    /** Without any "&lt;", what is in a script element can neither end it nor begin anything else. */
    private static String json(SpaceTime diagram) {
        try {
            return JSON.std.asString(data(diagram)).replace("<", "\\u003c");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String part(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("page/" + name + " is missing in this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> data(SpaceTime diagram) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("title", diagram.about().title());
        data.put("replay", diagram.about().replay());
        data.put("clock", word(diagram.about().clock()));
        data.put("facts", diagram.about().facts());
        data.put("notes", diagram.about().notes());
        data.put("faults", diagram.about().faults());
        data.put("processes", diagram.processes());
        data.put("end", micros(diagram.endNanos()));
        data.put("complete", diagram.complete());
        data.put("points", diagram.points().stream().map(HtmlPage::point).toList());
        Map<String, Integer> texts = new LinkedHashMap<>();
        data.put(
                "arrows",
                diagram.arrows().stream().map(arrow -> arrow(arrow, texts)).toList());
        data.put("texts", texts.keySet());
        data.put("bands", diagram.bands().stream().map(HtmlPage::band).toList());
        data.put(
                "verdicts",
                diagram.verdicts().stream()
                        .map(verdict -> verdicts(verdict, diagram))
                        .toList());
        return data;
    }

    private static List<Object> point(Point point) {
        boolean frame = point.kind() == PointKind.FRAME_SENT || point.kind() == PointKind.FRAME_RECEIVED;
        // Of a frame the page finds the words itself: most points are such.
        String text = frame ? "" : point.text();
        return List.of(point.process(), micros(point.atNanos()), word(point.kind()), text, point.message());
    }

    private static List<Object> arrow(Arrow arrow, Map<String, Integer> texts) {
        return List.of(
                arrow.from(),
                arrow.to(),
                arrow.target(),
                arrow.lostNanos() < 0 ? -1 : micros(arrow.lostNanos()),
                word(arrow.kind()),
                indices(arrow.parts(), texts),
                indices(arrow.messages(), texts));
    }

    /** Texts that come again and again are written once. */
    private static List<Integer> indices(List<String> of, Map<String, Integer> texts) {
        List<Integer> indices = new ArrayList<>();
        for (String text : of) {
            Integer known = texts.putIfAbsent(text, texts.size());
            indices.add(known == null ? texts.size() - 1 : known);
        }
        return indices;
    }

    private static Map<String, Object> band(Band band) {
        return Map.of(
                "kind", word(band.kind()),
                "processes", band.processes(),
                "from", micros(band.fromNanos()),
                "to", micros(band.toNanos()),
                "text", band.text());
    }

    private static Map<String, Object> verdicts(RunVerdict verdict, SpaceTime diagram) {
        return Map.of(
                "guarantee",
                verdict.guarantee(),
                "broadcasts",
                verdict.broadcasts(),
                "deliveries",
                verdict.deliveries(),
                "properties",
                verdict.verdicts().stream().map(each -> property(each, diagram)).toList());
    }

    private static Map<String, Object> property(Verdict verdict, SpaceTime diagram) {
        Evidence evidence = Evidence.of(verdict, diagram);
        return Map.of(
                "name", verdict.property().toString(),
                "statement", verdict.property().statement(),
                "outcome", word(verdict.outcome()),
                "words", verdict.words(),
                "messages", evidence.messages(),
                "events", evidence.points().stream().map(Point::id).toList(),
                "missing",
                        evidence.missing().stream()
                                .map(each -> List.of(each.process(), each.text()))
                                .toList());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long micros(long nanos) {
        return nanos / 1_000;
    }
}
