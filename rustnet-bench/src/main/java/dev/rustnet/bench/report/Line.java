package dev.rustnet.bench.report;

import dev.rustnet.bench.member.Contender;
import dev.rustnet.bench.work.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one contender did in one section of the report, over all launches so far. */
public final class Line {
    private final Contender contender;
    private final Map<Metric, List<Double>> launches = new EnumMap<>(Metric.class);

    Line(Contender contender) {
        this.contender = contender;
    }

    public Contender contender() {
        return contender;
    }

    void add(Map<Metric, Double> launch) {
        launch.forEach((metric, value) ->
                launches.computeIfAbsent(metric, unused -> new ArrayList<>()).add(value));
    }

    /** Empty when no launch gave this one. */
    public Optional<Figure> figure(Metric metric) {
        return Optional.ofNullable(launches.get(metric)).map(Figure::new);
    }

    /** All that there are, in the order of {@link Metric}. */
    public Map<Metric, Figure> figures() {
        Map<Metric, Figure> figures = new EnumMap<>(Metric.class);
        launches.forEach((metric, values) -> figures.put(metric, new Figure(values)));
        return figures;
    }
}
