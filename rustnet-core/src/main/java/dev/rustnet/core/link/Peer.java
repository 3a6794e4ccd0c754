package dev.rustnet.core.link;

import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.memory.Varint;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.transport.Connection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One other member, and the batches between it and the own process.
 *
 * <p>A batch on the wire: kind, flags, tag of the connection (32 bits), number of this batch, number of the last batch up to
 * which all state was heard (varints), sections (name, length, bytes) up to the name 0, then blocks of messages.
 */
final class Peer {
    private static final byte ECHO_WANTED = 1;
    /** From this batch on all state is said again: what was lost before it does not matter any more. */
    private static final byte SAID_AGAIN = 2;

    private static final int BYTES_PER_TURN = 4 * Batch.DATA_LENGTH;

    // Injected
    final int rank;
    final Group.Member member;
    private final LinkLayer links;
    private final Sections sections;
    private final Streams streams;
    private final SilenceWatch silence;

    // State of the member
    private ProcessId process;
    private boolean removed;
    private boolean left;
    private @Nullable String bad;
    private boolean held;
    private long heldUntilNanos;

    // State of the connection
    private @Nullable Connection connection;
    private @Nullable Batch batch;
    private long nonce;
    private long ended;
    private boolean waitsForDrain;
    private boolean heardState;
    private boolean dirty;
    private boolean soon;
    private long batchesSent;
    private long stateSent;
    private long stateEchoed;
    private long batchHeard;
    /** Up to this batch nothing is missing: a later one that was heard proves nothing of the one before. */
    private long heardUpTo;

    private boolean sayAgain;
    private boolean echoOwed;
    private boolean echoForced;
    private long lastHeardNanos = Long.MIN_VALUE;
    private long upNanos;
    private long firstDataBatch;
    private boolean fruitful;

    Peer(LinkLayer links, Sections sections, Streams streams, SilenceWatch silence, int rank, Group.Member member) {
        this.links = links;
        this.sections = sections;
        this.streams = streams;
        this.silence = silence;
        this.rank = rank;
        this.member = member;
        this.process = ProcessId.named(member.name());
    }

    ProcessId process() {
        return process;
    }

    boolean connected() {
        return connection != null;
    }

    @Nullable
    Connection connection() {
        return connection;
    }

    long nonce() {
        return nonce;
    }

    long ended() {
        return ended;
    }

    boolean removed() {
        return removed;
    }

    boolean left() {
        return left;
    }

    void setLeft(boolean value) {
        left = value;
    }

    /** It sent that message, which cannot be read. @return whether the last one that could not was the same */
    boolean sentBad(String subject) {
        boolean again = subject.equals(bad);
        bad = subject;
        return again;
    }

    /** Until then no connection with it is wanted. */
    void holdBack(long untilNanos) {
        held = true;
        heldUntilNanos = untilNanos;
    }

    boolean heldBack() {
        if (held && links.clock().nanos() - heldUntilNanos >= 0) {
            held = false;
        }
        return held;
    }

    long lastHeardNanos() {
        return lastHeardNanos;
    }

    /** The handshake is done. */
    void up(Connection established, ProcessId admitted, long connectionNonce) {
        process = admitted;
        connection = established;
        nonce = connectionNonce;
        left = false;
        removed = false; // it was another incarnation
        batch = batch == null ? new Batch(links.batchHeads()) : batch;
        batch.startSmall();
        waitsForDrain = !established.idle();
        heardState = false;
        batchesSent = 0;
        stateSent = 0;
        stateEchoed = 0;
        batchHeard = 0;
        heardUpTo = 0;
        sayAgain = false;
        echoOwed = false;
        echoForced = true; // the first batch is due even without state: it lets the peer's data flow
        silence.connected();
        upNanos = links.clock().nanos();
        lastHeardNanos = upNanos;
        firstDataBatch = Long.MAX_VALUE;
        fruitful = false;
        sections.refresh(rank);
        streams.rewind(rank);
        markDirty();
    }

    /** The connection has ended; what is not acknowledged waits for the next one. */
    void down() {
        connection = null;
        ended = nonce;
        waitsForDrain = false;
        if (batch != null) {
            batch.release();
        }
    }

    /** Whether the present or last connection brought something new to one of both, or stood for at least so long. */
    boolean fruitful(long standingNanos) {
        return fruitful || links.clock().nanos() - upNanos >= standingNanos;
    }

    void remove() {
        removed = true;
    }

    void heard() {
        silence.heard();
        lastHeardNanos = links.clock().nanos();
    }

    // Sending

    void markDirty() {
        if (!dirty && connection != null) {
            dirty = true;
            links.countDirty();
        }
    }

    boolean dirty() {
        return dirty;
    }

    void markSoon() {
        if (connection != null) {
            soon = true;
        }
    }

    void soonIsNow() {
        if (soon) {
            soon = false;
            markDirty();
        }
    }

    void drained() {
        if (batch != null) {
            batch.release();
        }
        waitsForDrain = false;
        markDirty();
    }

    /** Writes batches until nothing waits, the connection is full, or the turn's share is used up. */
    void flush() {
        dirty = false;
        Connection open = connection;
        Batch out = batch;
        if (open == null || out == null || waitsForDrain) {
            return;
        }
        int left = BYTES_PER_TURN;
        boolean more = true;
        while (more && left > 0) {
            if (!open.idle()) {
                waitsForDrain = true;
                return;
            }
            more = writeBatch(out);
            if (out.partCount() == 0) {
                out.release();
                return;
            }
            left -= length(out);
            silence.sent();
            boolean gone = open.send(out.parts(), out.partCount());
            if (connection != open) {
                return;
            }
            if (!gone) {
                waitsForDrain = true;
                return;
            }
            out.release();
        }
        if (more) {
            markDirty();
        }
    }

    private static int length(Batch out) {
        int length = 0;
        for (int i = 0; i < out.partCount(); i++) {
            length += out.parts()[i].remaining();
        }
        return length;
    }

    /** Returns whether more waits; leaves the batch without parts when there was nothing to say. */
    private boolean writeBatch(Batch out) {
        ByteBuffer head = out.begin();
        head.put(FrameKind.BATCH);
        int flagsAt = head.position();
        head.put((byte) 0);
        head.putInt(tag());
        Varint.write(head, batchesSent + 1);
        Varint.write(head, heardUpTo);
        Sections.Written state = sections.write(rank, head);
        boolean more = !sections.complete();
        if (heardState) {
            more |= streams.fill(rank, out);
        }
        if (state == Sections.Written.NOTHING && !out.carriesData() && !echoOwed && !echoForced) {
            return false;
        }
        batchesSent++;
        if (out.carriesData()) {
            firstDataBatch = Math.min(firstDataBatch, batchesSent);
        }
        if (echoForced || state == Sections.Written.CONFIRMED) {
            head.put(flagsAt, sayAgain ? (byte) (ECHO_WANTED | SAID_AGAIN) : ECHO_WANTED);
            stateSent = batchesSent;
            sayAgain = false;
        }
        echoOwed = false;
        echoForced = false;
        soon = false;
        out.end();
        return more;
    }

    private int tag() {
        return (int) (nonce ^ nonce >>> 32);
    }

    // Receiving

    /** Reads a batch. @throws Malformed when it is none: the connection cannot go on */
    void receive(ByteBuffer in) {
        if (in.remaining() < 5) {
            throw new Malformed("a batch is cut short");
        }
        byte flags = in.get();
        if (in.getInt() != tag()) {
            throw new Malformed("a batch belongs to another connection");
        }
        long number = Varint.read(in);
        long echo = Varint.read(in);
        if (echo > batchesSent) {
            throw new Malformed("a batch answers one that was never sent");
        }
        if (echo > stateEchoed) {
            stateEchoed = echo;
            silence.echoed();
        }
        fruitful |= echo >= firstDataBatch;
        Connection current = connection;
        boolean latest = number > batchHeard;
        if (latest) {
            batchHeard = number;
            if (number == heardUpTo + 1 || (flags & SAID_AGAIN) != 0) {
                heardUpTo = number;
            }
        }
        if ((flags & ECHO_WANTED) != 0) {
            echoOwed = true;
            links.changedSoon(rank);
        }
        sections.read(rank, process, in, latest);
        if (connection != current) {
            return;
        }
        if (!heardState) {
            heardState = true;
            streams.rewind(rank); // now it is known what the peer has
            markDirty();
        }
        while (in.hasRemaining() && connection == current) {
            fruitful |= streams.read(rank, process, in);
        }
    }

    // Silence

    /**
     * Looks after what is overdue, called at a steady pace.
     *
     * @return false when the peer has been silent for so long that the connection must be given up
     */
    boolean tick() {
        if (connection == null) {
            return true;
        }
        if (!silence.tick()) {
            return false;
        }
        if (silence.signOfLifeDue()) {
            echoForced = true;
            markDirty();
        }
        if (waitsForDrain) {
            return true; // the network has not even taken what was written
        }
        if (silence.stateOverdue(stateEchoed < stateSent)) {
            sections.refresh(rank);
            sayAgain = true;
            echoForced = true;
            markDirty();
        }
        if (silence.dataOverdue(streams.stalled(rank))) {
            streams.rewind(rank);
            markDirty();
        }
        return true;
    }
}
