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
        for (int i = 0; i < diagram.processes().size(); i++) {
            text.append("    participant ").append(id(i)).append(" as ");
            text.append(escaped(diagram.processes().get(i))).append('\n');
        }
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
                arrow(text, diagram, received.get(point.id()), "->>"); // From logs, they lead to the delivery itself.
                text.append("    Note over ")
                        .append(id(point.process()))
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
                    .append(id(sender))
                    .append(line)
                    .append(id(arrow.target()))
                    .append(": ")
                    .append(escaped(String.join(" ", arrow.messages())))
                    .append('\n');
        }
    }

    /** Names may contain what Mermaid reads as an arrow, or be one of its words, such as "end". */
    private static String id(int process) {
        return "P" + (process + 1);
    }

    /** A number sign or a semicolon would end the statement, a line break as well; what looks like HTML is text. */
    private static String escaped(String text) {
        return text.replace("#", "#35;")
                .replaceAll("(?<!#35);", "#59;")
                .replace("<", "#lt;")
                .replace(">", "#gt;")
                .replaceAll("\\R", " ");
    }
}
