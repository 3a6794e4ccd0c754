package dev.rustnet.testkit.events;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads one event log from its beginning, one event at a time, in constant memory. */
public final class EventLogReader implements AutoCloseable {
    private static final int MAX_LINE = 64 * 1024;

    // Injected
    private final Path file;
    private final boolean mayBeTorn;
    private final InputStream in;

    // State
    private final byte[] buffer = new byte[64 * 1024];
    private int position;
    private int limit;
    private byte[] line = new byte[256];
    private long lineNumber;
    private long broadcasts;
    private boolean ended;
    private boolean torn;

    /**
     * @param mayBeTorn whether the process was killed, so that its last line may lack its end; such a line is passed over
     * @throws EventLogException when the file cannot be opened
     */
    public EventLogReader(Path file, boolean mayBeTorn) {
        this.file = file;
        this.mayBeTorn = mayBeTorn;
        try {
            this.in = Files.newInputStream(file);
        } catch (IOException e) {
            throw EventLogException.unreadable(file, e);
        }
    }

    /**
     * The next event, or null at the end.
     *
     * @throws EventLogException when the line is not one of the format, or cannot stand here
     */
    public @Nullable Event next() {
        int length = nextLine();
        if (length < 0) {
            return null;
        }
        Event event;
        try {
            event = EventLogFormat.parse(line, length);
        } catch (IllegalArgumentException e) {
            throw new EventLogException(where() + e.getMessage(), e);
        }
        requireInPlace(event);
        return event;
    }

    /** Whether a torn last line was passed over. */
    public boolean torn() {
        return torn;
    }

    /** Complete lines read so far. */
    public long lines() {
        return lineNumber;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new EventLogException(file + ": cannot be closed: " + e, e);
        }
    }

    private void requireInPlace(Event event) {
        if (ended) {
            throw new EventLogException(where() + "nothing may follow after the line e");
        }
        if (event instanceof Event.End) {
            ended = true;
        } else if (event instanceof Event.Broadcast broadcast && broadcast.number() != ++broadcasts) {
            throw new EventLogException(where() + "the broadcasts must be numbered without a gap: b " + broadcasts
                    + " belongs here, not b " + broadcast.number());
        }
    }

    /** Reads a line into {@link #line}; its length without line feed, or -1 at the end. */
    private int nextLine() {
        int length = 0;
        while (true) {
            if (position == limit && !fill()) {
                return atEnd(length);
            }
            byte next = buffer[position++];
            if (next == '\n') {
                lineNumber++;
                return length;
            }
            if (length == line.length) {
                if (length == MAX_LINE) {
                    lineNumber++;
                    throw new EventLogException(where() + "the line is longer than " + MAX_LINE + " bytes");
                }
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = next;
        }
    }

    private int atEnd(int length) {
        if (length > 0) {
            if (!mayBeTorn) {
                lineNumber++;
                throw new EventLogException(where() + "the last line has no end, although this process was not killed");
            }
            torn = true;
        }
        return -1;
    }

    private boolean fill() {
        try {
            int read = in.read(buffer);
            position = 0;
            limit = Math.max(0, read);
            return read > 0;
        } catch (IOException e) {
            throw EventLogException.unreadable(file, e);
        }
    }

    private String where() {
        return file + ":" + lineNumber + ": ";
    }
}
