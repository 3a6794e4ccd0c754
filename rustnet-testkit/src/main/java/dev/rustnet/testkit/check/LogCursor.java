package dev.rustnet.testkit.check;

import dev.rustnet.testkit.events.Event;
import dev.rustnet.testkit.events.EventLogReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far one log of a run has been replayed. */
final class LogCursor {
    // Injected
    private final int process;
    private final EventLogReader reader;

    // State
    private @Nullable Event next;
    private long broadcasts;

    LogCursor(int process, EventLogReader reader) {
        this.process = process;
        this.reader = reader;
        this.next = reader.next();
    }

    boolean atEnd() {
        return next == null;
    }

    /** Hands over events until the next one is a delivery whose broadcast another log still has; whether it got on. */
    boolean advance(Map<Integer, LogCursor> logs, EventLogs.Listener listener) {
        boolean progress = false;
        while (next != null && !mustWait(next, logs)) {
            take(listener);
            progress = true;
        }
        return progress;
    }

    private static boolean mustWait(Event event, Map<Integer, LogCursor> logs) {
        if (!(event instanceof Event.Deliver deliver)) {
            return false;
        }
        LogCursor sender = logs.get(deliver.sender());
        return sender != null && sender.broadcasts < deliver.number() && !sender.atEnd();
    }

    void take(EventLogs.Listener listener) {
        Event event = next;
        if (event == null) {
            return;
        }
        if (event instanceof Event.Broadcast message) {
            broadcasts = message.number();
        }
        listener.event(process, event);
        next = reader.next();
    }

    void close() {
        reader.close();
    }
}
