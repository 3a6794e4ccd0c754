package dev.rustnet.launcher.demo;

import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import dev.rustnet.testkit.events.EventLogFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How event logs number processes, and how people call them, over all views of a run: the count of earlier incarnations of a
 * name makes the difference. Views are installed by one thread; any thread may ask.
 */
final class ProcessNumbering {
    // Injected
    private final Group group;

    // State
    private final Map<ProcessId, Integer> earlier = new ConcurrentHashMap<>();
    private volatile View view = View.NONE;

    ProcessNumbering(Group group) {
        this.group = group;
    }

    void install(View installed) {
        view = installed;
        for (ProcessId member : installed.members()) {
            earlier.put(member, installed.earlierIncarnations(member.name()));
        }
    }

    /** The rank of the name, from 1, and more for each earlier incarnation of it. */
    int number(ProcessId process) {
        return group.rank(process.name()).orElseThrow() + 1 + EventLogFormat.PER_INCARNATION * earlier(process);
    }

    /** The name, from the second incarnation on with its count: {@code third/2}. */
    String label(ProcessId process) {
        int before = earlier(process);
        return before == 0 ? process.name() : process.name() + "/" + (before + 1);
    }

    private int earlier(ProcessId process) {
        Integer known = earlier.get(process);
        // One that no view has held yet is the next of its name.
        return known != null ? known : view.incarnations().getOrDefault(process.name(), 0);
    }
}
