package dev.rustnet.bench.report;

import dev.rustnet.bench.member.Contender;
import java.util.List;
import java.util.Locale;

/** The report as a picture: for each section the main metric of each contender, as a bar with its minimum and maximum. */
public final class SvgPlot {
    private static final int WIDTH = 860;
    private static final int LABELS = 330;
    private static final int VALUES = 170;
    private static final int BAR = 18;
    private static final int LINE = 26;
    private static final int HEADING = 44;
    private static final int MARGIN = 20;

    private SvgPlot() {}

    public static String of(Report report) {
        int height = MARGIN * 2 + 24;
        for (Section section : report.sections()) {
            height += HEADING + LINE * section.lines().size();
        }
        var svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">%n%s",
                WIDTH,
                height,
                WIDTH,
                height,
                STYLE));
        int y = MARGIN;
        for (Section section : report.sections()) {
            y = section(svg, section, y);
        }
        svg.append(text("note", MARGIN, y + 24, report.machine() + ", medians of " + report.launches() + " launches"));
        return svg.append("</svg>\n").toString();
    }

    private static final String STYLE = """
            <style>
              svg { font: 13px system-ui, sans-serif; background: #fff; color: #1b1f24 }
              text { fill: currentColor } .title { font-weight: 600 } .note { font-size: 11px; opacity: .7 }
              .raw { fill: #8a939d } .rustnet { fill: #1769aa } .jgroups { fill: #c26a00 } .range { stroke: currentColor }
              @media (prefers-color-scheme: dark) { svg { background: #14181d; color: #e6e9ed }
                .rustnet { fill: #5aa9e6 } .jgroups { fill: #f0a24a } }
            </style>
            """;

    private static int section(StringBuilder svg, Section section, int top) {
        svg.append(text(
                "title",
                MARGIN,
                top + 24,
                section.title() + ": " + section.main().title()));
        List<Line> lines = section.lines();
        double most = lines.stream()
                .flatMap(line -> line.figure(section.main()).stream())
                .mapToDouble(Figure::maximum)
                .max()
                .orElse(1);
        int y = top + HEADING;
        for (Line line : lines) {
            int at = y;
            line.figure(section.main()).ifPresent(figure -> bar(svg, section, line, figure, most, at));
            svg.append(text("", MARGIN, y + BAR - 4, line.contender().title()));
            y += LINE;
        }
        return y;
    }

    private static void bar(StringBuilder svg, Section section, Line line, Figure figure, double most, int y) {
        double scale = (WIDTH - LABELS - VALUES) / most;
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                kind(line.contender()),
                LABELS,
                y,
                figure.median() * scale,
                BAR));
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"range\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>%n",
                LABELS + figure.minimum() * scale,
                LABELS + figure.maximum() * scale,
                y + BAR / 2,
                y + BAR / 2));
        String ratio = section.ratio(line, Contender.RAW)
                .map(value -> String.format(Locale.ROOT, "  (%.2f of raw)", value))
                .orElse("");
        String value = String.format(Locale.ROOT, "%,." + section.main().decimals() + "f", figure.median());
        svg.append(text("", (int) (LABELS + figure.maximum() * scale) + 8, y + BAR - 4, value + ratio));
    }

    private static String kind(Contender contender) {
        return switch (contender) {
            case RAW, TRANSPORT -> "raw";
            case JGROUPS, JGROUPS_ACKNOWLEDGED -> "jgroups";
            default -> "rustnet";
        };
    }

    private static String text(String style, int x, int y, String text) {
        return String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n",
                style,
                x,
                y,
                text.replace("&", "&amp;").replace("<", "&lt;"));
    }
}
