package dev.rustnet.plugins.workload;

import dev.rustnet.group.View;
import java.util.function.Consumer;

/**
 * Writes down what happens at this process, one line per event, in local order, as the property checkers read it:
 *
 * <pre>
 * b SEQ          before the broadcast call
 * d SENDER SEQ   inside the deliver callback
 * x PEER         suspected; where there is a perfect failure detector, crashed
 * r PEER         restored
 * v VIEW P P P   view installed, with its members
 * </pre>
 *
 * <p>Processes are numbers: the rank of the name in the sorted group, from 1. A second file maps them: its first line is
 * {@code writer NUMBER}, each other one {@code NUMBER NAME INCARNATION}, appended when the incarnation is learnt.
 */
final class EventLog {
    // Injected
    private final Consumer<CharSequence> events;
    private final Consumer<CharSequence> ids;

    // State
    private final StringBuilder line = new StringBuilder();

    /**
     * @param events takes the lines of the log
     * @param ids takes the lines that map numbers to processes
     */
    EventLog(Consumer<CharSequence> events, Consumer<CharSequence> ids) {
        this.events = events;
        this.ids = ids;
    }

    /** Names the process that writes, by its rank from 0. */
    void writer(int rank, String name, long incarnation) {
        ids.accept("writer " + number(rank));
        learnt(rank, name, incarnation);
    }

    /** The incarnation of a process is known now. */
    void learnt(int rank, String name, long incarnation) {
        ids.accept(number(rank) + " " + name + " " + incarnation);
    }

    void broadcast(long seq) {
        line.setLength(0);
        events.accept(line.append("b ").append(seq));
    }

    void delivered(int sender, long seq) {
        line.setLength(0);
        events.accept(line.append("d ").append(number(sender)).append(' ').append(seq));
    }

    void detected(int peer) {
        events.accept("x " + number(peer));
    }

    void restored(int peer) {
        events.accept("r " + number(peer));
    }

    void view(View view) {
        line.setLength(0);
        line.append("v ").append(view.number());
        for (int rank = 0; rank < view.size(); rank++) {
            line.append(' ').append(number(rank));
        }
        events.accept(line);
    }

    private static int number(int rank) {
        return rank + 1;
    }
}
