package dev.rustnet.bench.report;

import java.util.Collections;
import java.util.List;

/**
 * One metric over several launches.
 *
 * @param launches the figure of each, at least one
 */
public record Figure(List<Double> launches) {
    public Figure {
        if (launches.isEmpty()) {
            throw new IllegalArgumentException("a figure needs a launch");
        }
        launches = List.copyOf(launches);
    }

    /** The middle one; the mean of both middle ones when their number is even. */
    public double median() {
        List<Double> sorted = launches.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    public double minimum() {
        return Collections.min(launches);
    }

    public double maximum() {
        return Collections.max(launches);
    }
}
