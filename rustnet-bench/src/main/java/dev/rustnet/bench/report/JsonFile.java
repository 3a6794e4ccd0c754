package dev.rustnet.bench.report;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as JSON: every launch of every metric, for other programs to read. */
public final class JsonFile {
    private JsonFile() {}

    public static String of(Report report) throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("machine", report.machine());
        root.put("launches", report.launches());
        root.put("notes", report.notes());
        root.put("sections", report.sections().stream().map(JsonFile::section).toList());
        return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(root) + "\n";
    }

    private static Map<String, Object> section(Section section) {
        List<Object> contenders = new ArrayList<>();
        for (Line line : section.lines()) {
            Map<String, Object> metrics = new LinkedHashMap<>();
            line.figures()
                    .forEach(
                            (metric, figure) -> metrics.put(metric.name().toLowerCase(Locale.ROOT), figure.launches()));
            contenders.add(Map.of("contender", line.contender().word(), "metrics", metrics));
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("workload", section.workload().letter());
        object.put("title", section.title());
        object.put("members", section.members());
        object.put("messageLength", section.messageLength());
        object.put("contenders", contenders);
        return object;
    }
}
