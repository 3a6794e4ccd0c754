package dev.rustnet.bench.report;

import dev.rustnet.bench.member.Contender;
import dev.rustnet.bench.work.Metric;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report as Markdown: a table for each section. */
public final class MarkdownTable {
    private MarkdownTable() {}

    public static String of(Report report) {
        var text = new StringBuilder("# Benchmark\n\n" + report.machine() + ". Medians of " + report.launches()
                + " launches (minimum to maximum). Only ratios taken in one run count.\n\n");
        report.notes().forEach(note -> text.append("- ").append(note).append('\n'));
        for (Section section : report.sections()) {
            text.append('\n').append(of(section));
        }
        return text.toString();
    }

    /** One section. */
    public static String of(Section section) {
        Set<Metric> metrics = new TreeSet<>();
        section.lines().forEach(line -> metrics.addAll(line.figures().keySet()));
        var text = new StringBuilder("## " + section.title() + "\n\n| | ");
        text.append(section.main().title()).append(" | of raw NIO | of JGroups |");
        metrics.remove(section.main());
        metrics.forEach(metric -> text.append(' ').append(metric.title()).append(" |"));
        text.append("\n|---|---|---|---|").append("---|".repeat(metrics.size())).append('\n');
        for (Line line : section.lines()) {
            text.append(row(section, line, metrics));
        }
        return text.toString();
    }

    private static String row(Section section, Line line, Set<Metric> metrics) {
        Map<Metric, Figure> figures = line.figures();
        return "| " + line.contender().title() + " | "
                + cell(section.main(), figures.get(section.main())) + " | "
                + ratio(section, line, Contender.RAW) + " | " + ratio(section, line, Contender.JGROUPS) + " | "
                + metrics.stream()
                        .map(metric -> cell(metric, figures.get(metric)))
                        .collect(Collectors.joining(" | "))
                + (metrics.isEmpty() ? "\n" : " |\n");
    }

    private static String ratio(Section section, Line line, Contender other) {
        return section.ratio(line, other)
                .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
                .orElse("");
    }

    private static String cell(Metric metric, @Nullable Figure figure) {
        if (figure == null) {
            return "";
        }
        String median = number(metric, figure.median());
        return figure.launches().size() == 1
                ? median
                : median + " (" + number(metric, figure.minimum()) + " to " + number(metric, figure.maximum()) + ")";
    }

    private static String number(Metric metric, double value) {
        return String.format(Locale.ROOT, "%,." + metric.decimals() + "f", value);
    }
}
