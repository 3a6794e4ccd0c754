package dev.rustnet.core.message;

import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.memory.Varint;
import dev.rustnet.link.RequestFailedException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What stands in a message of typed links: its kind, the number of the request that it is, or belongs to, and a payload. A
 * failure has the reason and a sentence in place of a payload.
 *
 * @param number the requester's own, from 1 on; 0 for what is no request
 * @param body the encoded payload, between position and limit
 */
record TypedFrame(Kind kind, long number, ByteBuffer body) {
    enum Kind {
        MESSAGE,
        REQUEST,
        REPLY,
        FAILURE
    }

    // The place in these lists is what stands on the wire.
    private static final List<Kind> KINDS = List.of(Kind.MESSAGE, Kind.REQUEST, Kind.REPLY, Kind.FAILURE);
    private static final List<Reason> REASONS =
            List.of(Reason.NO_HANDLER, Reason.UNREADABLE, Reason.BUSY, Reason.HANDLER_FAILED);

    private static final int LONGEST_SENTENCE = 500;

    /** @throws Malformed when it is none */
    static TypedFrame read(ByteBuffer in) {
        if (!in.hasRemaining()) {
            throw new Malformed("a typed message is empty");
        }
        byte code = in.get();
        if (code < 0 || code >= KINDS.size()) {
            throw new Malformed("a typed message is of the unknown kind " + code);
        }
        Kind kind = KINDS.get(code);
        return new TypedFrame(kind, kind == Kind.MESSAGE ? 0 : Varint.read(in), in);
    }

    static byte[] write(Kind kind, long number, byte[] payload) {
        int numberLength = kind == Kind.MESSAGE ? 0 : Varint.length(number);
        ByteBuffer out = ByteBuffer.allocate(1 + numberLength + payload.length);
        out.put((byte) KINDS.indexOf(kind));
        if (kind != Kind.MESSAGE) {
            Varint.write(out, number);
        }
        return out.put(payload).array();
    }

    static byte[] writeFailure(long number, Reason reason, String sentence) {
        String text = sentence.length() > LONGEST_SENTENCE ? sentence.substring(0, LONGEST_SENTENCE) + "..." : sentence;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return write(
                Kind.FAILURE,
                number,
                ByteBuffer.allocate(1 + bytes.length)
                        .put((byte) REASONS.indexOf(reason))
                        .put(bytes)
                        .array());
    }

    /** The reason of a failure. @throws Malformed when there is none */
    Reason reason() {
        int code = body.hasRemaining() ? body.get(body.position()) : -1;
        if (code < 0 || code >= REASONS.size()) {
            throw new Malformed("a request failed for the unknown reason " + code);
        }
        return REASONS.get(code);
    }

    /** The sentence of a failure; what is no text in it is replaced. */
    String sentence() {
        return StandardCharsets.UTF_8
                .decode(body.slice(body.position() + 1, body.remaining() - 1))
                .toString();
    }
}
