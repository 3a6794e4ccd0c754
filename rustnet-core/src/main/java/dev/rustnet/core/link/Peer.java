package dev.rustnet.core.link;

import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.memory.Varint;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.transport.Connection;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One other member, and the batches between it and the own process.
 *
 * <p>A batch on the wire: kind, flags, tag of the connection (32 bits), number of this batch, number of the last batch
 * with state that was heard (varints), sections (name, length, bytes) up to the name 0, then blocks of messages.
 */
final class Peer {
    private static final byte ECHO_WANTED = 1;
    private static final int SECTION_HEADER_LENGTH = 7;
    private static final int BYTES_PER_TURN = 4 * Batch.DATA_LENGTH;
    private static final int RESERVED_FOR_BLOCKS = 2 * 1024;
    private static final int MAX_BACKOFF = 8;

    // Injected
    final int rank;
    final Group.Member member;
    private final LinkLayer links;

    // State of the member
    private ProcessId process;
    private boolean removed;
    private boolean left;

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
    private boolean echoOwed;
    private boolean echoForced;
    private int firstStream;

    // State of the look-out for silence, in ticks of the links' timer
    private long lastHeardNanos = Long.MIN_VALUE;
    private int ticksSinceHeard;
    private int ticksSinceSent;
    private int ticksWithoutEcho;
    private int ticksStalled;
    private int backoff = 1;

    Peer(LinkLayer links, int rank, Group.Member member) {
        this.links = links;
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

    long lastHeardNanos() {
        return lastHeardNanos;
    }

    /** The handshake is done. */
    void up(Connection established, ProcessId admitted, long connectionNonce) {
        process = admitted;
        connection = established;
        nonce = connectionNonce;
        left = false;
        batch = batch == null ? new Batch() : batch;
        waitsForDrain = !established.idle();
        heardState = false;
        batchesSent = 0;
        stateSent = 0;
        stateEchoed = 0;
        batchHeard = 0;
        echoOwed = false;
        echoForced = true; // the first batch is due even without state: it lets the peer's data flow
        ticksWithoutEcho = 0;
        ticksStalled = 0;
        ticksSinceSent = 0;
        backoff = 1;
        heard();
        refresh();
        rewind();
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

    void remove() {
        removed = true;
    }

    void heard() {
        ticksSinceHeard = 0;
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
                return;
            }
            left -= length(out);
            ticksSinceSent = 0;
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
        Varint.write(head, batchHeard);
        int start = head.position();
        boolean allSections = writeSections(head, flagsAt);
        boolean saysState = head.position() > start;
        head.putInt(0);
        boolean more = !allSections;
        if (heardState) {
            more |= fill(out);
        }
        if (!saysState && !out.carriesData() && !echoOwed && !echoForced) {
            return false;
        }
        if (echoForced) {
            head.put(flagsAt, ECHO_WANTED);
        }
        batchesSent++;
        if (head.get(flagsAt) == ECHO_WANTED) {
            stateSent = batchesSent;
        }
        echoOwed = false;
        echoForced = false;
        soon = false;
        out.end();
        return more;
    }

    private boolean writeSections(ByteBuffer head, int flagsAt) {
        List<Section> sections = links.sections();
        for (int i = 0; i < sections.size(); i++) {
            Section section = sections.get(i);
            if (head.remaining() < section.maxLength() + SECTION_HEADER_LENGTH + RESERVED_FOR_BLOCKS) {
                return false;
            }
            int start = head.position();
            head.position(start + SECTION_HEADER_LENGTH);
            try {
                section.write(rank, head);
            } catch (RuntimeException | Error e) {
                head.position(start);
                links.report(e);
                continue;
            }
            int length = head.position() - start - SECTION_HEADER_LENGTH;
            if (length == 0) {
                head.position(start);
                continue;
            }
            head.putInt(start, links.sectionName(i));
            Varint.putThree(head, start + 4, length);
            if (section.confirmed()) {
                head.put(flagsAt, ECHO_WANTED);
            }
        }
        return true;
    }

    private boolean fill(Batch out) {
        List<LogStream> streams = links.streams();
        boolean more = false;
        int count = streams.size();
        if (count == 0) {
            return false;
        }
        firstStream = (firstStream + 1) % count; // no stream keeps the others waiting
        for (int i = 0; i < count; i++) {
            more |= streams.get((firstStream + i) % count).fill(rank, out);
        }
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
            ticksWithoutEcho = 0;
            backoff = 1;
        }
        Connection current = connection;
        boolean latest = number > batchHeard;
        if (latest) {
            batchHeard = number;
        }
        if ((flags & ECHO_WANTED) != 0) {
            echoOwed = true;
            links.changedSoon(rank);
        }
        readSections(in, latest);
        if (connection != current) {
            return;
        }
        if (!heardState) {
            heardState = true;
            rewind(); // now it is known what the peer has
            markDirty();
        }
        while (in.hasRemaining() && connection == current) {
            readBlock(in);
        }
    }

    private void readSections(ByteBuffer in, boolean latest) {
        int limit = in.limit();
        while (true) {
            if (in.remaining() < Integer.BYTES) {
                throw new Malformed("the sections of a batch have no end");
            }
            int name = in.getInt();
            if (name == 0) {
                return;
            }
            int end = Varint.readInt(in, limit) + in.position();
            if (end > limit) {
                throw new Malformed("a section is cut short");
            }
            Section section = links.section(name);
            if (section != null && (latest || !section.confirmed())) {
                readSection(section, in.limit(end));
                in.limit(limit);
            }
            in.position(end);
        }
    }

    private void readSection(Section section, ByteBuffer in) {
        try {
            section.read(rank, process, in);
        } catch (Malformed e) {
            throw e;
        } catch (BufferUnderflowException e) {
            throw new Malformed("the header " + section.name() + " is cut short");
        } catch (RuntimeException | Error e) {
            links.report(e);
        }
    }

    private void readBlock(ByteBuffer in) {
        int limit = in.limit();
        if (in.remaining() < Integer.BYTES) {
            throw new Malformed("a block is cut short");
        }
        int name = in.getInt();
        long view = Varint.read(in);
        int source = Varint.readInt(in, Integer.MAX_VALUE);
        long first = Varint.read(in);
        int count = Varint.readInt(in, limit);
        int end = Varint.readInt(in, limit) + in.position();
        if (end > limit || count == 0 || first == 0) {
            throw new Malformed("a block is cut short or empty");
        }
        LogStream stream = links.stream(name);
        if (stream == null) {
            links.unknownStream(rank, count);
        } else {
            stream.receive(rank, process, view, source, first, count, in.limit(end));
            in.limit(limit);
        }
        in.position(end);
    }

    // Silence

    /**
     * Looks after what is overdue, called at a steady pace. Counting the calls instead of reading the clock keeps a pause
     * of the own process from being taken for the peer's silence.
     *
     * @return false when the peer has been silent for so long that the connection must be given up
     */
    boolean tick(int retransmitTicks, int silenceTicks) {
        if (connection == null) {
            return true;
        }
        ticksSinceHeard++;
        ticksSinceSent++;
        if (ticksSinceHeard > silenceTicks) {
            return false;
        }
        if (ticksSinceSent > silenceTicks / 3) {
            echoForced = true;
            markDirty();
        }
        if (waitsForDrain) {
            return true; // the network has not even taken what was written
        }
        ticksWithoutEcho = stateEchoed < stateSent ? ticksWithoutEcho + 1 : 0;
        ticksStalled = stalled() ? ticksStalled + 1 : 0;
        if (ticksWithoutEcho > retransmitTicks * backoff) {
            ticksWithoutEcho = 0;
            backoff = Math.min(backoff * 2, MAX_BACKOFF);
            refresh();
            echoForced = true;
            markDirty();
        }
        if (ticksStalled > retransmitTicks * backoff) {
            ticksStalled = 0;
            backoff = Math.min(backoff * 2, MAX_BACKOFF);
            rewind();
            markDirty();
        }
        return true;
    }

    private boolean stalled() {
        boolean stalled = false;
        for (LogStream stream : links.streams()) {
            stalled |= stream.stalled(rank);
        }
        return stalled;
    }

    private void refresh() {
        for (Section section : links.sections()) {
            section.refresh(rank);
        }
    }

    private void rewind() {
        for (LogStream stream : links.streams()) {
            stream.rewind(rank);
        }
    }
}
