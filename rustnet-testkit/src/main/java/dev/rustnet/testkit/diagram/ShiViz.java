package dev.rustnet.testkit.diagram;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.rustnet.testkit.diagram.SpaceTime.Arrow;
import dev.rustnet.testkit.diagram.SpaceTime.ArrowKind;
import dev.rustnet.testkit.diagram.SpaceTime.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        List<Map<String, Integer>> clocks = diagram.processes().stream()
                .<Map<String, Integer>>map(name -> new LinkedHashMap<>())
                .toList();
        Map<Integer, Arrow> byReceipt = new HashMap<>();
        Map<Integer, Arrow> bySending = new HashMap<>();
        Set<Integer> leftOut = new HashSet<>();
        for (Arrow arrow : diagram.arrows()) {
            bySending.put(arrow.from(), arrow);
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
            Map<String, Integer> clock = clocks.get(point.process());
            Arrow receipt = byReceipt.get(point.id());
            if (receipt != null) {
                sent.remove(receipt.from()).forEach((name, time) -> clock.merge(name, time, Math::max));
            }
            String host = diagram.processes().get(point.process());
            clock.merge(host, 1, Integer::sum);
            Arrow sending = bySending.get(point.id());
            if (sending != null && sending.arrived()) {
                sent.put(point.id(), Map.copyOf(clock));
            }
            Arrow arrow = receipt == null ? sending : receipt;
            text.append(point.text());
            if (arrow != null) {
                text.append(": ").append(String.join("; ", arrow.parts()));
            }
            text.append('\n').append(host).append(' ').append(json(clock)).append('\n');
        }
        return text.toString();
    }

    private static String json(Map<String, Integer> clock) {
        try {
            return JSON.std.asString(clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
