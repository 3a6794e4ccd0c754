package dev.rustnet.testkit.events;

import dev.rustnet.testkit.events.Event.Broadcast;
import dev.rustnet.testkit.events.Event.Crash;
import dev.rustnet.testkit.events.Event.Deliver;
import dev.rustnet.testkit.events.Event.End;
import dev.rustnet.testkit.events.Event.InstallView;
import dev.rustnet.testkit.events.Event.Receive;
import dev.rustnet.testkit.events.Event.Restore;
import dev.rustnet.testkit.events.Event.Send;
import dev.rustnet.testkit.events.Event.Suspect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of the event log.
 *
 * <pre>
 * b SEQ         broadcast          d SENDER SEQ  deliver
 * x PEER        suspect, crash     r PEER        restore
 * v VIEW P P P  view installed     e             excluded, or left
 * </pre>
 */
public final class EventLogFormat {
    /** Above it, a number is no process: ten incarnations of a thousand members would be far below. */
    static final int MAX_PROCESS = 99_999;

    /** What each earlier incarnation of its name adds to the number of a process. */
    public static final int PER_INCARNATION = 1_000;

    private EventLogFormat() {}

    /** The line of {@code event}, without a line feed. Events that have no line in a log are written for a trace. */
    public static String line(Event event) {
        if (event instanceof Broadcast broadcast) {
            return "b " + broadcast.number();
        } else if (event instanceof Deliver deliver) {
            return "d " + deliver.sender() + " " + deliver.number();
        } else if (event instanceof Suspect suspect) {
            return "x " + suspect.peer();
        } else if (event instanceof Restore restore) {
            return "r " + restore.peer();
        } else if (event instanceof InstallView install) {
            StringBuilder line = new StringBuilder("v ").append(install.view());
            install.members().forEach(member -> line.append(' ').append(member));
            return line.toString();
        } else if (event instanceof End) {
            return "e";
        } else if (event instanceof Send send) {
            return "send " + send.to() + " " + send.number();
        } else if (event instanceof Receive receive) {
            return "receive " + receive.from() + " " + receive.number();
        } else if (event instanceof Crash) {
            return "crash";
        }
        throw new IllegalArgumentException("no line for " + event);
    }

    /**
     * The event of a line.
     *
     * @throws IllegalArgumentException when it is not a line of the format; the message says what is wrong with it
     */
    public static Event parse(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return parse(bytes, bytes.length);
    }

    /** The same for the first {@code length} bytes, without making a string of them: logs have millions of lines. */
    static Event parse(byte[] line, int length) {
        Cursor cursor = new Cursor(line, length);
        byte kind = cursor.kind();
        Event event =
                switch (kind) {
                    case 'b' -> new Broadcast(cursor.number("SEQ"));
                    case 'd' -> new Deliver(cursor.process("SENDER"), cursor.number("SEQ"));
                    case 'x' -> new Suspect(cursor.process("PEER"));
                    case 'r' -> new Restore(cursor.process("PEER"));
                    case 'v' -> new InstallView(cursor.number("VIEW"), cursor.processes());
                    case 'e' -> new End();
                    default ->
                        throw new IllegalArgumentException(
                                "\"" + cursor.text() + "\" does not begin with b, d, x, r, v or e");
                };
        cursor.requireEnd();
        return event;
    }

    private static final class Cursor {
        private final byte[] line;
        private final int length;
        private int at;

        Cursor(byte[] line, int length) {
            this.line = line;
            this.length = length;
        }

        byte kind() {
            if (length == 0) {
                throw new IllegalArgumentException("the line is empty");
            }
            at = 1;
            return line[0];
        }

        int process(String what) {
            long number = number(what);
            if (number > MAX_PROCESS) {
                throw new IllegalArgumentException(
                        "\"" + text() + "\": " + what + " must be a process from 1 to " + MAX_PROCESS);
            }
            return (int) number;
        }

        List<Integer> processes() {
            List<Integer> processes = new ArrayList<>();
            while (at < length) {
                processes.add(process("P"));
            }
            return processes;
        }

        long number(String what) {
            long value = 0;
            int digits = 0;
            if (at < length && line[at] == ' ') {
                for (at++; at < length && line[at] >= '0' && line[at] <= '9' && digits <= 18; at++, digits++) {
                    value = value * 10 + (line[at] - '0');
                }
            }
            if (digits == 0 || digits > 18 || value == 0) {
                throw new IllegalArgumentException(
                        "\"" + text() + "\": " + what + " must be a whole number from 1, after one space");
            }
            return value;
        }

        void requireEnd() {
            if (at != length) {
                throw new IllegalArgumentException("\"" + text() + "\": nothing may follow after "
                        + new String(line, 0, at, StandardCharsets.UTF_8));
            }
        }

        String text() {
            int shown = Math.min(length, 80);
            return new String(line, 0, shown, StandardCharsets.UTF_8) + (shown < length ? "..." : "");
        }
    }
}
