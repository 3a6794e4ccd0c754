package dev.rustnet.core.link;

import dev.rustnet.core.link.FramePart.Kind;
import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.memory.Varint;
import dev.rustnet.core.memory.WireName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads frames for diagrams and captures: what they say, without taking part. Thread-safe. */
public final class FrameDissector {
    private static final String ACKNOWLEDGED = "acknowledged/";
    private static final String FAIR_LOSS = "fair-loss/";
    private static final int BATCH_PREFIX = 5;

    // Injected
    private final List<String> members;
    private final Map<Integer, String> names = new HashMap<>();

    /**
     * @param members the names of the group, by rank
     * @param components the names of the components whose messages are to be told by name
     */
    public FrameDissector(List<String> members, Collection<String> components) {
        this.members = List.copyOf(members);
        components.forEach(this::know);
        know(PointToPoint.NAME);
    }

    private void know(String component) {
        for (String name : List.of(component, ACKNOWLEDGED + component, FAIR_LOSS + component)) {
            names.put(WireName.of(name), name);
        }
    }

    /**
     * What {@code frame} says; at least one part. Its position is left alone.
     *
     * @throws Malformed when it is no frame of a link
     */
    public List<FramePart> dissect(ByteBuffer frame) {
        ByteBuffer in = frame.duplicate();
        if (!in.hasRemaining()) {
            throw new Malformed("an empty frame");
        }
        byte kind = in.get();
        return switch (kind) {
            case FrameKind.HELLO -> List.of(FramePart.of(Kind.HANDSHAKE, "hello", ""));
            case FrameKind.WELCOME -> List.of(FramePart.of(Kind.HANDSHAKE, "welcome", ""));
            case FrameKind.ACCEPT -> List.of(FramePart.of(Kind.HANDSHAKE, "accept", ""));
            case FrameKind.REFUSE -> List.of(FramePart.of(Kind.REFUSAL, "refuse", ""));
            case FrameKind.GOODBYE -> List.of(FramePart.of(Kind.GOODBYE, "goodbye", ""));
            case FrameKind.BATCH -> batch(in);
            default -> throw new Malformed("no frame of a link begins with " + kind);
        };
    }

    private List<FramePart> batch(ByteBuffer in) {
        if (in.remaining() < BATCH_PREFIX) {
            throw new Malformed("a batch is cut short");
        }
        in.position(in.position() + BATCH_PREFIX);
        long number = Varint.read(in);
        long echo = Varint.read(in);
        List<FramePart> parts = new ArrayList<>();
        sections(in, parts);
        while (in.hasRemaining()) {
            parts.add(block(in));
        }
        if (parts.isEmpty()) {
            parts.add(FramePart.of(Kind.SIGN_OF_LIFE, "batch", number + ", has heard up to " + echo));
        }
        return parts;
    }

    private void sections(ByteBuffer in, List<FramePart> parts) {
        while (true) {
            int wireName = integer(in);
            if (wireName == 0) {
                return;
            }
            ByteBuffer section = cut(in, Varint.readInt(in, Integer.MAX_VALUE));
            String name = name(wireName);
            if (name.startsWith(ACKNOWLEDGED)) {
                String stream = name.substring(ACKNOWLEDGED.length());
                parts.add(FramePart.of(
                        Kind.ACKNOWLEDGEMENT,
                        stream,
                        stream.equals(PointToPoint.NAME) ? "" : acknowledgements(section)));
            } else if (name.startsWith(FAIR_LOSS)) {
                parts.add(FramePart.of(Kind.FAIR_LOSS, name.substring(FAIR_LOSS.length()), ""));
            } else {
                parts.add(FramePart.of(Kind.HEADER, name, ""));
            }
        }
    }

    /** See the log's acknowledgement header: view, then rows of process, cells, and for each source, acked, behind. */
    private String acknowledgements(ByteBuffer in) {
        StringBuilder text = new StringBuilder();
        Varint.read(in);
        while (in.hasRemaining()) {
            text.append(text.isEmpty() ? "" : "; ").append(member(Varint.readInt(in, Integer.MAX_VALUE)));
            text.append(" has");
            for (int cells = Varint.readInt(in, in.limit()); cells > 0; cells--) {
                text.append(' ').append(member(Varint.readInt(in, Integer.MAX_VALUE)));
                text.append('#').append(Varint.read(in));
                Varint.read(in);
            }
        }
        return text.toString();
    }

    private FramePart block(ByteBuffer in) {
        String name = name(integer(in));
        Varint.read(in);
        int source = Varint.readInt(in, Integer.MAX_VALUE);
        long first = Varint.read(in);
        int count = Varint.readInt(in, in.limit());
        cut(in, Varint.readInt(in, Integer.MAX_VALUE));
        return new FramePart(Kind.DATA, name, source, first, count, "");
    }

    private static int integer(ByteBuffer in) {
        if (in.remaining() < Integer.BYTES) {
            throw new Malformed("a batch is cut short");
        }
        return in.getInt();
    }

    private static ByteBuffer cut(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new Malformed("a part of a batch is cut short");
        }
        ByteBuffer part = in.slice(in.position(), length);
        in.position(in.position() + length);
        return part;
    }

    private String name(int wireName) {
        return names.getOrDefault(wireName, Integer.toHexString(wireName));
    }

    private String member(int rank) {
        return rank < members.size() ? members.get(rank) : "process " + rank;
    }
}
