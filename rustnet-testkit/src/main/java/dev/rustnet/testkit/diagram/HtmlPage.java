package dev.rustnet.testkit.diagram;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.check.Verdict;
import dev.rustnet.testkit.diagram.SpaceTime.Arrow;
import dev.rustnet.testkit.diagram.SpaceTime.Band;
import dev.rustnet.testkit.diagram.SpaceTime.Point;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The diagram as one page that needs nothing else: no network, no other file. Points and arrows travel as arrays, since
 * there may be many of them.
 */
public final class HtmlPage {
    private static final String TEMPLATE = "space-time.html";
    private static final String DATA = "/*DATA*/";

    private HtmlPage() {}

    /** The page's text, in UTF-8 once written. */
    public static String of(SpaceTime diagram) {
        try {
            // Inside a script element only its end could be misread.
            String json = JSON.std.asString(data(diagram)).replace("</", "<\\/").replace("<!--", "<\\!--");
            return template().replace(DATA, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String template() throws IOException {
        try (InputStream in = HtmlPage.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new IllegalStateException(TEMPLATE + " is missing in this jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, Object> data(SpaceTime diagram) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("title", diagram.title());
        data.put("replay", diagram.replay());
        data.put("processes", diagram.processes());
        data.put("end", micros(diagram.endNanos()));
        data.put("complete", diagram.complete());
        data.put("points", diagram.points().stream().map(HtmlPage::point).toList());
        data.put("arrows", diagram.arrows().stream().map(HtmlPage::arrow).toList());
        data.put("bands", diagram.bands().stream().map(HtmlPage::band).toList());
        data.put("verdicts", diagram.verdicts().stream().map(HtmlPage::verdicts).toList());
        return data;
    }

    private static List<Object> point(Point point) {
        return List.of(point.process(), micros(point.atNanos()), word(point.kind()), point.text(), point.message());
    }

    private static List<Object> arrow(Arrow arrow) {
        return List.of(
                arrow.from(),
                arrow.to(),
                arrow.target(),
                arrow.lostNanos() < 0 ? -1 : micros(arrow.lostNanos()),
                word(arrow.kind()),
                arrow.parts(),
                arrow.messages());
    }

    private static Map<String, Object> band(Band band) {
        return Map.of(
                "kind", word(band.kind()),
                "processes", band.processes(),
                "from", micros(band.fromNanos()),
                "to", micros(band.toNanos()),
                "text", band.text());
    }

    private static Map<String, Object> verdicts(RunVerdict verdict) {
        return Map.of(
                "guarantee",
                verdict.guarantee(),
                "broadcasts",
                verdict.broadcasts(),
                "deliveries",
                verdict.deliveries(),
                "properties",
                verdict.verdicts().stream().map(HtmlPage::property).toList());
    }

    private static Map<String, Object> property(Verdict verdict) {
        return Map.of(
                "name", verdict.property().toString(),
                "outcome", word(verdict.outcome()),
                "words", verdict.words(),
                "messages", Messages.namedIn(verdict.words()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long micros(long nanos) {
        return nanos / 1_000;
    }
}
