package dev.rustnet.testkit.diagram;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rustnet.testkit.diagram.SpaceTime.Arrow;
import dev.rustnet.testkit.diagram.SpaceTime.ArrowKind;
import dev.rustnet.testkit.diagram.SpaceTime.Point;
import dev.rustnet.testkit.diagram.SpaceTime.PointKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The diagram as a log for ShiViz: for each point its text and its vector time, computed here from the arrows. Frames that
 * carry data, acknowledgements or a handshake are in it; heartbeats and signs of life are left out.
 */
public final class ShiViz {
    /** The expression with which ShiViz reads the log; the log's first line, as ShiViz wants it. */
    public static final String EXPRESSION = "(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})";

    private ShiViz() {}

    public static String of(SpaceTime diagram) {
        List<Map<String, Integer>> clocks = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        diagram.processes().forEach(name -> {
            clocks.add(new LinkedHashMap<>());
            hosts.add(name.replaceAll("\\s", "_"));
        });
        Map<Integer, Arrow> byReceipt = new HashMap<>();
        Map<Integer, Arrow> bySending = new HashMap<>();
        Set<Integer> leftOut = new HashSet<>();
        for (Arrow arrow : diagram.arrows()) {
            bySending.merge(arrow.from(), arrow, (one, other) -> one.arrived() ? one : other);
            if (arrow.arrived()) {
                byReceipt.put(arrow.to(), arrow);
            }
            if (arrow.kind() == ArrowKind.FAIR_LOSS || arrow.kind() == ArrowKind.OTHER) {
                leftOut.add(arrow.from());
                leftOut.add(arrow.to());
            }
        }
        Map<Integer, Map<String, Integer>> sent = new HashMap<>();
        StringBuilder text = new StringBuilder(EXPRESSION).append("\n\n");
        for (Point point : diagram.points()) {
            if (leftOut.contains(point.id())) {
                continue;
            }
            if (point.kind() == PointKind.START && !clocks.get(point.process()).isEmpty()) {
                // A new incarnation remembers nothing: for ShiViz another host.
                clocks.set(point.process(), new LinkedHashMap<>());
                hosts.set(
                        point.process(), point.text().replaceAll(" starts$", "").replaceAll("\\s", "_"));
            }
            Map<String, Integer> clock = clocks.get(point.process());
            Arrow receipt = byReceipt.get(point.id());
            if (receipt != null) {
                sent.getOrDefault(receipt.from(), Map.of()).forEach((name, time) -> clock.merge(name, time, Math::max));
            }
            String host = hosts.get(point.process());
            clock.merge(host, 1, Integer::sum);
            Arrow sending = bySending.get(point.id());
            if (sending != null && sending.arrived()) {
                sent.put(point.id(), Map.copyOf(clock));
            }
            Arrow arrow = receipt == null ? sending : receipt;
            text.append(line(point.text()));
            if (arrow != null) {
                text.append(": ").append(line(String.join("; ", arrow.parts())));
            }
            text.append('\n').append(host).append(' ').append(json(clock)).append('\n');
        }
        return text.toString();
    }

    /** An event is one line. */
    private static String line(String text) {
        return text.replaceAll("\\R", " ");
    }

    private static String json(Map<String, Integer> clock) {
        try {
            return JSON.std.asString(clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
