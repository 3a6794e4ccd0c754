package dev.rustnet.core.message;

import dev.rustnet.core.counters.Counter;
import dev.rustnet.core.counters.Counters;
import java.util.function.IntSupplier;

/**
 * What is counted for the typed links of one user. Requests made = replied + failed + open; whatever is dropped has a counter
 * of its own.
 */
final class TypedCounters {
    // Injected
    private final Counters counters;
    private final String prefix;
    private final Counter requested;
    private final Counter replied;
    private final Counter failed;
    private final Counter late;
    private final Counter noHandler;
    private final Counter undecodable;
    private final Counter malformed;
    private final Counter noRoom;

    TypedCounters(Counters counters, String user) {
        this.counters = counters;
        prefix = user + ".typed.";
        requested = counters.counter(prefix + "requests");
        replied = counters.counter(prefix + "requests.replied");
        failed = counters.counter(prefix + "requests.failed");
        late = counters.counter(prefix + "dropped.late-reply");
        noHandler = counters.counter(prefix + "dropped.no-handler");
        undecodable = counters.counter(prefix + "dropped.undecodable");
        malformed = counters.counter(prefix + "dropped.malformed");
        noRoom = counters.counter(prefix + "dropped.no-room-for-reply");
    }

    Counter unreachable() {
        return counters.counter(prefix + "dropped.unreachable");
    }

    void openRequests(IntSupplier open) {
        counters.level(prefix + "requests.open", open::getAsInt);
    }

    void requested() {
        requested.increment();
    }

    void replied() {
        replied.increment();
    }

    void failed() {
        failed.increment();
    }

    void late() {
        late.increment();
    }

    void noHandler() {
        noHandler.increment();
    }

    void undecodable() {
        undecodable.increment();
    }

    void malformed() {
        malformed.increment();
    }

    void noRoom() {
        noRoom.increment();
    }
}
