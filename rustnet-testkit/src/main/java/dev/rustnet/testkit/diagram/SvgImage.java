package dev.rustnet.testkit.diagram;

import dev.rustnet.testkit.diagram.SpaceTime.Arrow;
import dev.rustnet.testkit.diagram.SpaceTime.ArrowKind;
import dev.rustnet.testkit.diagram.SpaceTime.Band;
import dev.rustnet.testkit.diagram.SpaceTime.BandKind;
import dev.rustnet.testkit.diagram.SpaceTime.Point;
import dev.rustnet.testkit.diagram.SpaceTime.PointKind;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The diagram as an image, for a document: events and the frames that carry messages. Each event has room for itself, long
 * silences are shortened. Light and dark follow the reader's system.
 */
public final class SvgImage {
    private static final int LEFT = 64;
    private static final int TOP = 30;
    private static final int ROW = 80;
    private static final double FRAME_GAP = 7;
    private static final double EVENT_GAP = 30;
    private static final double LETTER = 7;

    // Injected
    private final SpaceTime diagram;
    private final Set<Integer> accused;
    private final Optional<String> only;

    // State
    private final double[] xs;
    private final boolean[] shown;
    private final StringBuilder svg = new StringBuilder();
    private double width;

    private SvgImage(SpaceTime diagram, Optional<String> only) {
        this.diagram = diagram;
        this.only = only;
        this.accused = diagram.accused();
        this.xs = new double[diagram.points().size()];
        this.shown = new boolean[diagram.points().size()];
    }

    public static String of(SpaceTime diagram) {
        return new SvgImage(diagram, Optional.empty()).draw();
    }

    /** The story of one message, such as {@code p1#3}: of all others nothing is drawn. */
    public static String of(SpaceTime diagram, String message) {
        return new SvgImage(diagram, Optional.of(message)).draw();
    }

    private String draw() {
        layOut();
        int height = TOP + ROW * diagram.processes().size();
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %d\" width=\"%.0f\" height=\"%d\""
                        + " font-family=\"system-ui, sans-serif\" font-size=\"11\">",
                width, height, width, height);
        svg.append("<title>").append(escaped(diagram.about().title())).append("</title>\n");
        svg.append("<style>:root{--paper:#fff;--ink:#1b2330;--line:#8b97a8;--bad:#c4232b;--l:42%}"
                + "@media(prefers-color-scheme:dark){:root{--paper:#11161d;--ink:#e6ebf2;--line:#5d6b7e;--bad:#ff7178;--l:68%}}"
                + "text{fill:var(--ink)}.row{font-size:13px;font-weight:600}</style>\n");
        line("<rect width=\"%.0f\" height=\"%d\" fill=\"var(--paper)\"/>", width, height);
        diagram.bands().forEach(this::band);
        rows();
        diagram.arrows().forEach(this::arrow);
        double[] labelEnds = new double[diagram.processes().size()];
        diagram.points().forEach(point -> point(point, labelEnds));
        missing();
        return svg.append("</svg>\n").toString();
    }

    private void layOut() {
        for (Arrow arrow : diagram.arrows()) {
            boolean wanted = (arrow.kind() == ArrowKind.DATA || arrow.kind() == ArrowKind.RELAY)
                    && only.map(arrow.messages()::contains).orElse(true);
            shown[arrow.from()] = wanted;
            if (arrow.arrived()) {
                shown[arrow.to()] = wanted;
            }
        }
        double[] last = new double[diagram.processes().size()];
        Arrays.fill(last, LEFT);
        double x = LEFT;
        long lastNanos = -1;
        for (Point point : diagram.points()) {
            boolean frame = isFrame(point);
            shown[point.id()] |= !frame && isWanted(point.message());
            if (shown[point.id()]) {
                double gapMicros = (point.atNanos() - lastNanos) / 1e3;
                if (lastNanos >= 0) {
                    x += gapMicros == 0 ? 3 : Math.min(64, 5 + 6 * Math.log1p(gapMicros / 150) / Math.log(2));
                }
                double label = LETTER * (1 + point.message().length());
                x = Math.max(x, last[point.process()] + (frame ? FRAME_GAP : Math.max(EVENT_GAP, label)));
                last[point.process()] = x;
                lastNanos = point.atNanos();
            }
            xs[point.id()] = x;
        }
        width = x + LEFT;
    }

    private boolean isWanted(String message) {
        return message.isEmpty() || only.map(message::equals).orElse(true);
    }

    private double xOf(long nanos) {
        List<Point> points = diagram.points();
        int low = 0;
        int high = points.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (points.get(middle).atNanos() < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == points.size() ? width - 10 : xs[low];
    }

    /** Where the line of a process ends that goes down then, perhaps after other things of the same moment. */
    private double xOfEnd(int process, long nanos) {
        return diagram.points().stream()
                .filter(point -> point.process() == process && point.atNanos() == nanos)
                .filter(point -> point.kind() == PointKind.CRASH || point.kind() == PointKind.END)
                .mapToDouble(point -> xs[point.id()])
                .findFirst()
                .orElseGet(() -> xOf(nanos));
    }

    private static double y(int process) {
        return TOP + ROW * (process + 0.5);
    }

    private void band(Band band) {
        double from = xOf(band.fromNanos());
        double to = Math.max(from + 1, xOf(band.toNanos()));
        if (band.kind() == BandKind.PARTITION) {
            int height = ROW * diagram.processes().size();
            line(
                    "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"var(--bad)\" opacity=\".08\"><title>%s</title></rect>",
                    from, TOP, to - from, height, escaped(band.text()));
            line("<text x=\"%.1f\" y=\"%d\">%s</text>", from + 3, TOP - 4, escaped(band.text()));
        } else if (band.kind() != BandKind.DOWN) {
            for (int process : band.processes()) {
                line(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"18\" rx=\"3\" fill=\"var(--line)\" opacity=\".3\"><title>%s</title></rect>",
                        from, y(process) - 9, to - from, escaped(band.text()));
            }
        }
    }

    private void rows() {
        for (int process = 0; process < diagram.processes().size(); process++) {
            String name = diagram.processes().get(process);
            line("<text class=\"row\" x=\"10\" y=\"%.1f\">%s</text>", y(process) + 4, escaped(name));
            double end = width - 10;
            for (Band band : diagram.bands()) {
                if (band.kind() == BandKind.DOWN && band.processes().contains(process)) {
                    double from = xOfEnd(process, band.fromNanos());
                    double to = xOf(band.toNanos());
                    line(
                            "<path d=\"M%.1f,%.1fH%.1f\" stroke=\"var(--bad)\" stroke-dasharray=\"2 6\"/>",
                            from, y(process), to);
                    end = to >= width - 10 ? Math.min(end, from) : end;
                }
            }
            line("<path d=\"M%d,%.1fH%.1f\" stroke=\"var(--line)\" stroke-width=\"1.5\"/>", LEFT - 12, y(process), end);
        }
    }

    private void arrow(Arrow arrow) {
        if (!shown[arrow.from()]) {
            return;
        }
        int sender = diagram.points().get(arrow.from()).process();
        double x1 = xs[arrow.from()];
        double y1 = y(sender);
        double x2 = arrow.arrived() ? xs[arrow.to()] : x1 + 40;
        double y2 = arrow.arrived() ? y(arrow.target()) : y1 + (y(arrow.target()) - y1) * 0.62;
        String colour = arrow.messages().isEmpty()
                ? "var(--line)"
                : colour(arrow.messages().get(0));
        String dashes = arrow.kind() == ArrowKind.RELAY ? " stroke-dasharray=\"6 3\"" : "";
        line(
                "<path d=\"M%.1f,%.1fL%.1f,%.1f\" stroke=\"%s\" stroke-width=\"1.6\"%s><title>%s</title></path>",
                x1, y1, x2, y2, colour, dashes, escaped(String.join("; ", arrow.parts())));
        if (arrow.arrived()) {
            double angle = Math.toDegrees(Math.atan2(y2 - y1, x2 - x1));
            line(
                    "<path d=\"M0,0L-7,-3L-7,3Z\" fill=\"%s\" transform=\"translate(%.1f,%.1f) rotate(%.1f)\"/>",
                    colour, x2, y2, angle);
        } else {
            cross(x2, y2, 4, 2);
        }
    }

    private void point(Point point, double[] labelEnds) {
        if (isFrame(point) || !shown[point.id()]) {
            return;
        }
        double x = xs[point.id()];
        double y = y(point.process());
        if (accused.contains(point.id())) {
            line(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"11\" fill=\"none\" stroke=\"var(--bad)\" stroke-width=\"2.2\"/>",
                    x, y);
        }
        String title = "<title>" + escaped(point.text()) + "</title>";
        switch (point.kind()) {
            case BROADCAST ->
                line(
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"6\" fill=\"%s\">%s</circle>",
                        x, y, colour(point.message()), title);
            case DELIVER ->
                line(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"10\" height=\"10\" rx=\"1.5\" fill=\"var(--paper)\" stroke=\"%s\" stroke-width=\"2.4\">%s</rect>",
                        x - 5, y - 5, colour(point.message()), title);
            case CRASH, END -> cross(x, y, 7, 3.4);
            case SUSPECT -> line("<path d=\"M%.1f,%.1fl7,12h-14Z\" fill=\"#d07a14\">%s</path>", x, y - 7, title);
            case RESTORE ->
                line(
                        "<path d=\"M%.1f,%.1fl7,12h-14Z\" fill=\"var(--paper)\" stroke=\"#2f9e68\" stroke-width=\"2\">%s</path>",
                        x, y - 7, title);
            case VIEW ->
                line("<path d=\"M%.1f,%.1fv22\" stroke=\"#8d52cc\" stroke-width=\"4\">%s</path>", x, y - 11, title);
            default ->
                line("<path d=\"M%.1f,%.1fv14\" stroke=\"var(--line)\" stroke-width=\"2\">%s</path>", x, y - 7, title);
        }
        double half = point.message().length() * 3.1;
        if (!point.message().isEmpty() && x - half > labelEnds[point.process()]) {
            labelEnds[point.process()] = x + half + 2;
            line("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>", x, y - 13, escaped(point.message()));
        }
    }

    /** At the end of a line, what should have happened there and did not. */
    private void missing() {
        Set<Evidence.Missing> all = new LinkedHashSet<>();
        diagram.verdicts().stream()
                .flatMap(run -> run.verdicts().stream())
                .forEach(verdict -> all.addAll(Evidence.of(verdict, diagram).missing()));
        for (Evidence.Missing missing : all) {
            double y = y(missing.process());
            line(
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"10\" height=\"10\" rx=\"1.5\" fill=\"var(--paper)\" stroke=\"var(--bad)\""
                            + " stroke-dasharray=\"2.5 2\" stroke-width=\"1.6\"/>",
                    width - 25, y - 5);
            line(
                    "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\" style=\"fill:var(--bad)\">%s</text>",
                    width - 10, y + 22, escaped(missing.text()));
        }
    }

    private void cross(double x, double y, double half, double stroke) {
        line(
                "<path d=\"M%.1f,%.1fl%.0f,%.0fm0,-%.0fl-%.0f,%.0f\" stroke=\"var(--bad)\" stroke-width=\"%.1f\" fill=\"none\"/>",
                x - half, y - half, 2 * half, 2 * half, 2 * half, 2 * half, 2 * half, stroke);
    }

    private String colour(String message) {
        String sender = message.replaceAll("(/\\d+)?#.*$", "");
        int process = Math.max(0, diagram.processes().indexOf(sender));
        return String.format(Locale.ROOT, "hsl(%.1f 62%% var(--l))", (215 + process * 137.5) % 360);
    }

    private static boolean isFrame(Point point) {
        return point.kind() == PointKind.FRAME_SENT || point.kind() == PointKind.FRAME_RECEIVED;
    }

    private void line(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
