package dev.rustnet.testkit.simulation;

import dev.rustnet.core.link.FrameDissector;
import dev.rustnet.core.link.FramePart;
import dev.rustnet.testkit.events.Event;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what a run has exercised: what never happened in a run was not tested by it. One for each run. */
public final class RunTally implements RunObserver {
    /** The names that {@link #counts} may use: what a run could have exercised. */
    public static final List<String> KINDS = List.of(
            "broadcasts",
            "connection resets",
            "crashes",
            "deliveries",
            "frames",
            "installed views",
            "lost frames",
            "moved clocks",
            "one-way losses",
            "partitions",
            "pauses",
            "relayed messages",
            "restarts",
            "restored suspicions",
            "slow handlers",
            "stalls",
            "starts",
            "suspicions");

    // State
    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final List<String> processes = new ArrayList<>();
    private @Nullable FrameDissector dissector;

    /** How often each kind of thing has happened, by its name. */
    public SortedMap<String, Long> counts() {
        return counts;
    }

    @Override
    public void begins(List<String> all) {
        processes.addAll(all);
        dissector = new FrameDissector(all, List.of());
    }

    @Override
    public void started(SimulatedProcess process, long atNanos) {
        count(process.incarnations() > 1 ? "restarts" : "starts");
    }

    @Override
    public void sent(long frame, String from, String to, long atNanos, ByteBuffer bytes) {
        count("frames");
        FrameDissector reader = dissector;
        if (reader == null) {
            return;
        }
        int sender = processes.indexOf(from);
        for (FramePart part : reader.dissect(bytes)) {
            if (part.kind() == FramePart.Kind.DATA && part.source() != sender) {
                counts.merge("relayed messages", (long) part.count(), Long::sum);
            }
        }
    }

    @Override
    public void lost(long frame, long atNanos) {
        count("lost frames");
    }

    @Override
    public void event(String process, int number, Event event, long atNanos) {
        if (event instanceof Event.Broadcast) {
            count("broadcasts");
        } else if (event instanceof Event.Deliver) {
            count("deliveries");
        } else if (event instanceof Event.Suspect) {
            count("suspicions");
        } else if (event instanceof Event.Restore) {
            count("restored suspicions");
        } else if (event instanceof Event.Crash) {
            count("crashes");
        } else if (event instanceof Event.InstallView) {
            count("installed views");
        }
    }

    @Override
    public void fault(Fault fault, long atNanos) {
        if (fault instanceof Fault.Reset) {
            count("connection resets");
        } else if (fault instanceof Fault.Partition partition) {
            count(partition.holding() ? "stalls" : "partitions");
        } else if (fault instanceof Fault.OneWay) {
            count("one-way losses");
        } else if (fault instanceof Fault.Pause) {
            count("pauses");
        } else if (fault instanceof Fault.Block) {
            count("slow handlers");
        } else if (fault instanceof Fault.Skew) {
            count("moved clocks");
        }
    }

    private void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }
}
