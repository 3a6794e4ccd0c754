package dev.rustnet.testkit.diagram;

import dev.rustnet.testkit.diagram.SpaceTime.Arrow;
import dev.rustnet.testkit.diagram.SpaceTime.ArrowKind;
import dev.rustnet.testkit.diagram.SpaceTime.Point;
import dev.rustnet.testkit.diagram.SpaceTime.PointKind;
import java.util.HashMap;
import java.util.Map;

/**
 * The diagram as a Mermaid sequence diagram, which many a wiki shows. Frames with data alone, or it would be unreadable;
 * an arrow stands where its frame is received, since Mermaid draws them level.
 */
public final class Mermaid {
    private Mermaid() {}

    public static String of(SpaceTime diagram) {
        StringBuilder text = new StringBuilder("sequenceDiagram\n");
        diagram.processes()
                .forEach(name -> text.append("    participant ").append(name).append('\n'));
        Map<Integer, Arrow> received = new HashMap<>();
        Map<Integer, Arrow> lost = new HashMap<>();
        for (Arrow arrow : diagram.arrows()) {
            if (arrow.kind() == ArrowKind.DATA || arrow.kind() == ArrowKind.RELAY) {
                (arrow.arrived() ? received : lost).put(arrow.arrived() ? arrow.to() : arrow.from(), arrow);
            }
        }
        for (Point point : diagram.points()) {
            if (point.kind() == PointKind.FRAME_RECEIVED) {
                arrow(text, diagram, received.get(point.id()), "->>");
            } else if (point.kind() == PointKind.FRAME_SENT) {
                arrow(text, diagram, lost.get(point.id()), "-x");
            } else if (point.kind() != PointKind.START) {
                text.append("    Note over ")
                        .append(diagram.processes().get(point.process()))
                        .append(": ")
                        .append(escaped(point.text()))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static void arrow(
            StringBuilder text, SpaceTime diagram, @org.jspecify.annotations.Nullable Arrow arrow, String line) {
        if (arrow != null) {
            int sender = diagram.points().get(arrow.from()).process();
            text.append("    ")
                    .append(diagram.processes().get(sender))
                    .append(line)
                    .append(diagram.processes().get(arrow.target()))
                    .append(": ")
                    .append(escaped(String.join(" ", arrow.messages())))
                    .append('\n');
        }
    }

    /** A number sign or a semicolon would end the statement. */
    private static String escaped(String text) {
        return text.replace(";", "#59;").replaceAll("#(?!59;)", "#35;");
    }
}
