package dev.rustnet.bench.micro;

import java.util.List;
import java.util.Locale;

/** What was measured of the parts, as one Markdown table. */
public final class MicroTable {
    /** Below, the collector's own noise shows, not the benchmark. */
    private static final double NOTHING = 0.05;

    private MicroTable() {}

    public static String of(List<MicroFigure> figures) {
        var text = new StringBuilder("| | with | ns per operation | ± | bytes allocated per operation |\n");
        text.append("|---|---|---|---|---|\n");
        for (MicroFigure figure : figures) {
            text.append("| ").append(figure.name()).append(" | ").append(figure.with());
            text.append(" | ").append(number(figure.nanos(), 100));
            text.append(" | ").append(Double.isNaN(figure.error()) ? "" : number(figure.error(), 100));
            text.append(" | ").append(figure.bytes() < NOTHING ? "0" : number(figure.bytes(), 10));
            text.append(" |\n");
        }
        return text.toString();
    }

    private static String number(double value, int decimalBelow) {
        return String.format(Locale.ROOT, value < decimalBelow ? "%.1f" : "%,.0f", value);
    }
}
