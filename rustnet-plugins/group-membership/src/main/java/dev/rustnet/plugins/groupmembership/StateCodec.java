package dev.rustnet.plugins.groupmembership;

import static dev.rustnet.plugins.groupmembership.StandingCodec.readCount;
import static dev.rustnet.plugins.groupmembership.StandingCodec.readNumber;
import static dev.rustnet.plugins.groupmembership.StandingCodec.writeNumber;

import dev.rustnet.group.Group;
import dev.rustnet.group.StateTransfer;
import dev.rustnet.plugins.groupmembership.StateMessage.Done;
import dev.rustnet.plugins.groupmembership.StateMessage.Offer;
import dev.rustnet.plugins.groupmembership.StateMessage.Part;
import dev.rustnet.plugins.groupmembership.StateMessage.Progress;
import dev.rustnet.plugins.groupmembership.StateMessage.Take;
import dev.rustnet.plugins.groupmembership.StateMessage.Withdrawn;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;

/** State messages as bytes: a kind, then numbers as in headers, text with its length. What is not one is treated as cut short. */
final class StateCodec {
    /** The longest name of a state, in bytes of UTF-8. */
    static final int MAX_NAME = 64;

    /** The most states of one process. */
    static final int MAX_STATES = 64;

    private static final int MAX_SENTENCE = 1024;
    private static final int HEAD = 64;
    private static final int MOST = 16 * 1024;

    private static final byte OFFER = 1;
    private static final byte TAKE = 2;
    private static final byte PART = 3;
    private static final byte PROGRESS = 4;
    private static final byte DONE = 5;
    private static final byte WITHDRAWN = 6;

    // Injected
    private final StandingCodec processes;

    StateCodec(Group group) {
        processes = new StandingCodec(group);
    }

    /** The bytes of the message, ready to be read. */
    ByteBuffer write(StateMessage message) {
        ByteBuffer out = ByteBuffer.allocate(message instanceof Part part ? HEAD + part.chunk().length : MOST);
        if (message instanceof Offer offer) {
            out.put(OFFER);
            processes.writeProposal(offer.next(), out);
            writeNames(offer.names(), out);
        } else if (message instanceof Take take) {
            writeNumber(take.attempt(), begin(TAKE, take, out));
            writeNames(take.names(), out);
        } else if (message instanceof Part part) {
            writeNumber(part.attempt(), begin(PART, part, out));
            writeNumber(part.state(), out);
            out.put(part.chunk());
        } else if (message instanceof Progress progress) {
            writeNumber(progress.attempt(), begin(PROGRESS, progress, out));
            writeNumber(progress.weight(), out);
        } else if (message instanceof Done done) {
            writeNumber(done.attempt(), begin(DONE, done, out));
        } else if (message instanceof Withdrawn withdrawn) {
            byte[] sentence = withdrawn.sentence().getBytes(StandardCharsets.UTF_8);
            writeText(Arrays.copyOf(sentence, Math.min(sentence.length, MAX_SENTENCE)), begin(WITHDRAWN, message, out));
        }
        return out.flip();
    }

    private static ByteBuffer begin(byte kind, StateMessage message, ByteBuffer out) {
        out.put(kind);
        writeNumber(message.view(), out);
        return out;
    }

    /** @throws BufferUnderflowException when that is no such message */
    StateMessage read(ByteBuffer in) {
        byte kind = in.get();
        if (kind == OFFER) {
            Proposal next = processes.readProposal(in);
            return whole(new Offer(next, readNames(in)), in);
        }
        long view = readNumber(in);
        return switch (kind) {
            case TAKE -> {
                long attempt = readNumber(in);
                yield whole(new Take(view, attempt, readNames(in)), in);
            }
            case PART -> readPart(view, in);
            case PROGRESS -> {
                long attempt = readNumber(in);
                yield whole(new Progress(view, attempt, readNumber(in)), in);
            }
            case DONE -> whole(new Done(view, readNumber(in)), in);
            case WITHDRAWN -> whole(new Withdrawn(view, readText(MAX_SENTENCE, in)), in);
            default -> throw new BufferUnderflowException();
        };
    }

    private static Part readPart(long view, ByteBuffer in) {
        long attempt = readNumber(in);
        int state = readCount(MAX_STATES, in);
        if (in.remaining() > StateTransfer.MAX_CHUNK) {
            throw new BufferUnderflowException();
        }
        byte[] chunk = new byte[in.remaining()];
        in.get(chunk);
        return new Part(view, attempt, state, chunk);
    }

    private static StateMessage whole(StateMessage message, ByteBuffer in) {
        if (in.hasRemaining()) {
            throw new BufferUnderflowException();
        }
        return message;
    }

    private static void writeNames(SortedSet<String> names, ByteBuffer out) {
        writeNumber(names.size(), out);
        names.forEach(name -> writeText(name.getBytes(StandardCharsets.UTF_8), out));
    }

    private static SortedSet<String> readNames(ByteBuffer in) {
        SortedSet<String> names = new TreeSet<>();
        for (int left = readCount(MAX_STATES, in); left > 0; left--) {
            names.add(readText(MAX_NAME, in));
        }
        return names;
    }

    private static void writeText(byte[] text, ByteBuffer out) {
        writeNumber(text.length, out);
        out.put(text);
    }

    private static String readText(int most, ByteBuffer in) {
        int length = readCount(most, in);
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
