package dev.rustnet.core.link;

import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.memory.Varint;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A text in a handshake: its length as a varint, and at most {@link #MAX_LENGTH} bytes of UTF-8. A longer one is cut between
 * two characters, and ends with its hash, so that two that differ still differ.
 */
final class WireText {
    static final int MAX_LENGTH = 1024;

    private WireText() {}

    static void write(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_LENGTH) {
            bytes = cut(text).getBytes(StandardCharsets.UTF_8);
        }
        Varint.write(out, bytes.length);
        out.put(bytes);
    }

    private static String cut(String text) {
        String end = "... [" + Integer.toHexString(text.hashCode()) + "]";
        ByteBuffer room = ByteBuffer.allocate(MAX_LENGTH - end.length());
        CharBuffer rest = CharBuffer.wrap(text);
        StandardCharsets.UTF_8.newEncoder().encode(rest, room, true); // stops before the character that does not fit
        return text.substring(0, rest.position()) + end;
    }

    /** @throws Malformed when it is longer than allowed, cut short, or no UTF-8 */
    static String read(ByteBuffer in) {
        int length = Varint.readInt(in, MAX_LENGTH);
        if (length > in.remaining()) {
            throw new Malformed("a text is cut short");
        }
        ByteBuffer bytes = in.slice().limit(length);
        in.position(in.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("a text is not UTF-8");
        }
    }
}
