package dev.rustnet.testkit.diagram;

import dev.rustnet.core.link.FrameDissector;
import dev.rustnet.core.link.FramePart;
import dev.rustnet.core.memory.Malformed;
import dev.rustnet.testkit.diagram.SpaceTime.ArrowKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What an arrow says of a frame.
 *
 * @param parts for a person to read
 * @param messages the broadcasts that it carries
 */
record FrameReading(ArrowKind kind, List<String> parts, List<String> messages) {
    private static final int MOST_MESSAGES = 64;

    static FrameReading of(ByteBuffer frame, int sender, List<String> members, FrameDissector dissector) {
        List<FramePart> parts;
        try {
            parts = dissector.dissect(frame);
        } catch (Malformed e) {
            return new FrameReading(ArrowKind.OTHER, List.of(String.valueOf(e.getMessage())), List.of());
        }
        ArrowKind kind = ArrowKind.OTHER;
        List<String> texts = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        for (FramePart part : parts) {
            ArrowKind own = kind(part, sender);
            kind = own.compareTo(kind) < 0 ? own : kind;
            texts.add(text(part, sender, members));
            if (part.kind() == FramePart.Kind.DATA && part.source() < members.size()) {
                for (int i = 0; i < part.count() && messages.size() < MOST_MESSAGES; i++) {
                    messages.add(members.get(part.source()) + "#" + (part.first() + i));
                }
            }
        }
        return new FrameReading(kind, texts, messages);
    }

    private static ArrowKind kind(FramePart part, int sender) {
        return switch (part.kind()) {
            case DATA -> part.source() == sender ? ArrowKind.DATA : ArrowKind.RELAY;
            case ACKNOWLEDGEMENT -> ArrowKind.ACKNOWLEDGEMENT;
            case FAIR_LOSS -> ArrowKind.FAIR_LOSS;
            case HANDSHAKE, REFUSAL, GOODBYE -> ArrowKind.CONNECTION;
            case HEADER, SIGN_OF_LIFE -> ArrowKind.OTHER;
        };
    }

    private static String text(FramePart part, int sender, List<String> members) {
        return switch (part.kind()) {
            case DATA -> part.name() + " " + numbers(part, members) + (part.source() == sender ? "" : ", relayed");
            case ACKNOWLEDGEMENT -> part.name() + " acknowledged" + (part.text().isEmpty() ? "" : ": " + part.text());
            case FAIR_LOSS -> part.name() + ", fair-loss";
            case HEADER -> "header " + part.name();
            case SIGN_OF_LIFE -> "sign of life, " + part.name() + " " + part.text();
            case HANDSHAKE, REFUSAL, GOODBYE -> part.name();
        };
    }

    private static String numbers(FramePart part, List<String> members) {
        String source = part.source() < members.size() ? members.get(part.source()) : "process " + part.source();
        String last = part.count() == 1 ? "" : " to #" + (part.first() + part.count() - 1);
        return source + "#" + part.first() + last;
    }
}
