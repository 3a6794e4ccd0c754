package dev.rustnet.core.link;

import dev.rustnet.core.memory.Malformed;
import dev.rustnet.core.memory.Varint;
import dev.rustnet.core.memory.WireName;
import dev.rustnet.group.ProcessId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The state part of batches: link headers and fair-loss messages. On the wire for each section its name (32 bits), its
 * length and its bytes, up to the name 0.
 */
final class Sections {
    private static final int HEADER_LENGTH = 7;
    private static final int RESERVED_FOR_BLOCKS = 2 * 1024;

    /** The most bytes that one section may take in a batch. */
    private static final int MAX_LENGTH = 16 * 1024;

    /** What {@link #write} has done. */
    enum Written {
        /** Nothing had to be said. */
        NOTHING,
        /** Something that may get lost. */
        UNCONFIRMED,
        /** Something that must be known to have arrived. */
        CONFIRMED
    }

    // Injected
    private final Consumer<Throwable> report;

    // State
    private final List<Section> sections = new ArrayList<>();
    private final Map<Integer, Section> byName = new HashMap<>();
    private int[] names = new int[0];
    private boolean complete;

    /** @param report told what a section's owner threw */
    Sections(Consumer<Throwable> report) {
        this.report = report;
    }

    void add(Section section) {
        if (section.maxLength() > MAX_LENGTH) {
            throw new IllegalArgumentException("the header " + section.name() + " may take " + section.maxLength()
                    + " bytes, but at most " + MAX_LENGTH + " are possible");
        }
        int name = WireName.of(section.name());
        Section other = byName.putIfAbsent(name, section);
        if (other != null) {
            throw new IllegalArgumentException("the headers " + other.name() + " and " + section.name()
                    + " have the same name on the wire; rename one of them");
        }
        sections.add(section);
        names = Arrays.copyOf(names, sections.size());
        names[sections.size() - 1] = name;
    }

    /** Writes what that peer should know, and the end mark. */
    Written write(int rank, ByteBuffer out) {
        Written written = Written.NOTHING;
        complete = true;
        for (int i = 0; i < names.length; i++) {
            Section section = sections.get(i);
            if (out.remaining() < section.maxLength() + HEADER_LENGTH + RESERVED_FOR_BLOCKS) {
                complete = false;
                break;
            }
            if (write(section, names[i], rank, out)) {
                written = section.confirmed() || written == Written.CONFIRMED ? Written.CONFIRMED : Written.UNCONFIRMED;
            }
        }
        out.putInt(0);
        return written;
    }

    /** Whether the last {@link #write} had room for all sections. */
    boolean complete() {
        return complete;
    }

    private boolean write(Section section, int name, int rank, ByteBuffer out) {
        int start = out.position();
        out.position(start + HEADER_LENGTH);
        try {
            section.write(rank, out);
        } catch (RuntimeException | Error e) {
            out.position(start);
            report.accept(e);
            return false;
        }
        int length = out.position() - start - HEADER_LENGTH;
        if (length == 0) {
            out.position(start);
            return false;
        }
        out.putInt(start, name);
        Varint.putThree(out, start + Integer.BYTES, length);
        return true;
    }

    /**
     * Reads all sections up to the end mark.
     *
     * @param latest whether no later batch has been read before: old state is passed over
     */
    void read(int rank, ProcessId from, ByteBuffer in, boolean latest) {
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
            Section section = byName.get(name);
            if (section != null && (latest || !section.confirmed())) {
                read(section, rank, from, in.limit(end));
                in.limit(limit);
            }
            in.position(end);
        }
    }

    private void read(Section section, int rank, ProcessId from, ByteBuffer in) {
        try {
            section.read(rank, from, in);
        } catch (Malformed e) {
            throw e;
        } catch (BufferUnderflowException e) {
            throw new Malformed("the header " + section.name() + " is cut short");
        } catch (RuntimeException | Error e) {
            report.accept(e);
        }
    }

    /** What that peer was told may not have arrived. */
    void refresh(int rank) {
        for (Section section : sections) {
            section.refresh(rank);
        }
    }
}
