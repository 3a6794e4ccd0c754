package dev.rustnet.plugins.workload;

import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
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
 * <p>Processes are numbers: the rank of the name in the sorted group, from 1, whatever the view. A second file maps them: its first line is
 * {@code writer NUMBER}, each other one {@code NUMBER NAME INCARNATION}, appended when the incarnation is learnt.
 */
final class EventLog {
    // Injected
    private final Group group;
    private final Consumer<CharSequence> events;
    private final Consumer<CharSequence> ids;

    // State
    private final StringBuilder line = new StringBuilder();

    /**
     * @param group numbers the processes
     * @param events takes the lines of the log
     * @param ids takes the lines that map numbers to processes
     */
    EventLog(Group group, Consumer<CharSequence> events, Consumer<CharSequence> ids) {
        this.group = group;
        this.events = events;
        this.ids = ids;
    }

    /** Names the process that writes. */
    void writer(ProcessId process) {
        ids.accept("writer " + number(process));
        learnt(process);
    }

    /** The incarnation of a process is known now. */
    void learnt(ProcessId process) {
        ids.accept(number(process) + " " + process.name() + " " + process.incarnation());
    }

    void broadcast(long seq) {
        line.setLength(0);
        events.accept(line.append("b ").append(seq));
    }

    void delivered(ProcessId sender, long seq) {
        line.setLength(0);
        events.accept(line.append("d ").append(number(sender)).append(' ').append(seq));
    }

    void detected(ProcessId peer) {
        events.accept("x " + number(peer));
    }

    void restored(ProcessId peer) {
        events.accept("r " + number(peer));
    }

    void view(View view) {
        line.setLength(0);
        line.append("v ").append(view.number());
        for (ProcessId member : view.members()) {
            line.append(' ').append(number(member));
        }
        events.accept(line);
    }

    private int number(ProcessId process) {
        return group.rank(process.name())
                        .orElseThrow(() -> new IllegalArgumentException(process + " is not in the group"))
                + 1;
    }
}
