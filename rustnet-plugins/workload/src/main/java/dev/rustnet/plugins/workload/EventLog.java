package dev.rustnet.plugins.workload;

import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.util.HashMap;
import java.util.Map;
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
 * e              this process was excluded, or left before it had done all: it counts as crashed
 * </pre>
 *
 * <p>Processes are numbers: the rank of the name in the sorted group, from 1, whatever the view, and 1000 more for each earlier
 * incarnation of that name that a view has held. A second file maps them: its first line is {@code writer NUMBER}, written with
 * the first view that holds this process; each other one {@code NUMBER NAME INCARNATION}, appended when the incarnation is
 * learnt.
 */
final class EventLog {
    private static final int PER_INCARNATION = 1000;

    // Injected
    private final Group group;
    private final ProcessId self;
    private final Consumer<CharSequence> events;
    private final Consumer<CharSequence> ids;

    // State
    private final StringBuilder line = new StringBuilder();
    /** The members of all views up to now: grows with each restart of a process, and with nothing else. */
    private final Map<ProcessId, Integer> numbers = new HashMap<>();

    private View view = View.NONE;
    private boolean writerNamed;
    private boolean ended;

    /**
     * @param group numbers the processes
     * @param self the process that writes
     * @param events takes the lines of the log
     * @param ids takes the lines that map numbers to processes
     */
    EventLog(Group group, ProcessId self, Consumer<CharSequence> events, Consumer<CharSequence> ids) {
        this.group = group;
        this.self = self;
        this.events = events;
        this.ids = ids;
    }

    /** The incarnation of a process is known now. */
    void learnt(ProcessId process) {
        ids.accept(number(process) + " " + process.name() + " " + process.incarnation());
    }

    void broadcast(long seq) {
        line.setLength(0);
        write(line.append("b ").append(seq));
    }

    void delivered(ProcessId sender, long seq) {
        line.setLength(0);
        write(line.append("d ").append(number(sender)).append(' ').append(seq));
    }

    void detected(ProcessId peer) {
        write("x " + number(peer));
    }

    void restored(ProcessId peer) {
        write("r " + number(peer));
    }

    void view(View installed) {
        view = installed;
        for (ProcessId member : installed.members()) {
            if (member.known()) {
                numbers.put(member, number(member.name(), installed.earlierIncarnations(member.name())));
            }
        }
        if (!writerNamed && installed.rank(self) >= 0) {
            writerNamed = true;
            ids.accept("writer " + number(self));
            learnt(self);
        }
        line.setLength(0);
        line.append("v ").append(installed.number());
        for (ProcessId member : installed.members()) {
            line.append(' ').append(number(member));
        }
        write(line);
    }

    /** This process counts as crashed: the last line, whatever its detector still says until the node has stopped. */
    void ended() {
        write("e");
        ended = true;
    }

    private void write(CharSequence text) {
        if (!ended) {
            events.accept(text);
        }
    }

    private int number(ProcessId process) {
        Integer number = numbers.get(process);
        if (number != null) {
            return number;
        }
        // A member not met yet is the one that the view means; anybody else is an incarnation that no view has held.
        return number(
                process.name(),
                view.rank(process) >= 0
                        ? view.earlierIncarnations(process.name())
                        : view.incarnations().getOrDefault(process.name(), 0));
    }

    private int number(String name, int earlierIncarnations) {
        int rank = group.rank(name).orElseThrow(() -> new IllegalArgumentException(name + " is not in the group"));
        return rank + 1 + PER_INCARNATION * earlierIncarnations;
    }
}
