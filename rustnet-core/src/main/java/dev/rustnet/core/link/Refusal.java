package dev.rustnet.core.link;

import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.memory.Varint;
import java.nio.ByteBuffer;

/**
 * Why a process is not let in.
 *
 * @param kind for how long
 * @param sentence why
 * @param highest the highest incarnation known of its name; 0 when that is not why
 */
record Refusal(Kind kind, String sentence, long highest) {
    /** For how long. */
    enum Kind {
        /** It may ask again. */
        REFUSED(0),
        /** This incarnation never takes part again. */
        EXCLUDED(1),
        /** Nor does one that is not above the highest known. */
        OUTDATED(2);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        private static Kind of(byte code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new Malformed("it refuses in the unknown way " + code);
        }
    }

    static Refusal of(String sentence) {
        return new Refusal(Kind.REFUSED, sentence, 0);
    }

    void write(ByteBuffer out) {
        out.put(kind.code);
        WireText.write(out, sentence);
        Varint.write(out, highest);
    }

    /** @throws Malformed when it is none */
    static Refusal read(ByteBuffer in) {
        if (!in.hasRemaining()) {
            throw new Malformed("a refusal is cut short");
        }
        Kind kind = Kind.of(in.get());
        String sentence = WireText.read(in);
        long highest = Varint.read(in);
        if (highest < 0 || highest == Long.MAX_VALUE) {
            throw new Malformed("it knows of the incarnation " + highest + ", above which there is none");
        }
        return new Refusal(kind, sentence, highest);
    }
}
