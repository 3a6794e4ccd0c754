package dev.rustnet.testkit.diagram;

import dev.rustnet.testkit.check.RunVerdict;
import dev.rustnet.testkit.check.Verdict;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A run as a space-time diagram: a line for each process, points on it where something happens, arrows for frames, and
 * bands for what lasts. Points are in an order in which causes come before their effects.
 *
 * @param about what it shows, in words
 * @param processes the names, by rank
 * @param points by id, which is the index
 * @param arrows by id, which is the index
 * @param bands what lasted: partitions, pauses, and the time after a crash
 * @param endNanos when the run ended
 * @param complete whether everything was recorded; a long run is recorded from its beginning up to a limit
 * @param verdicts the judgement
 */
public record SpaceTime(
        About about,
        List<String> processes,
        List<Point> points,
        List<Arrow> arrows,
        List<Band> bands,
        long endNanos,
        boolean complete,
        List<RunVerdict> verdicts) {
    public SpaceTime {
        processes = List.copyOf(processes);
        points = List.copyOf(points);
        arrows = List.copyOf(arrows);
        bands = List.copyOf(bands);
        verdicts = List.copyOf(verdicts);
    }

    /** The points that show why a property is violated, by id. */
    Set<Integer> accused() {
        Set<Integer> accused = new TreeSet<>();
        for (RunVerdict run : verdicts) {
            for (Verdict verdict : run.verdicts()) {
                Evidence.of(verdict, this).points().forEach(point -> accused.add(point.id()));
            }
        }
        return accused;
    }

    /** What the times of the points are. */
    public enum Clock {
        /** Times of a simulation, comparable between processes. */
        VIRTUAL,
        /** Lamport times, one microsecond a tick: only what happened before what is known. */
        LOGICAL
    }

    /**
     * What a diagram says of itself.
     *
     * @param title what ran
     * @param replay the command that runs it again, or empty
     * @param facts such as the seed, a few words each
     * @param notes sentences for whoever reads the diagram
     * @param faults what went wrong by plan, one line each
     */
    public record About(
            String title, String replay, List<String> facts, List<String> notes, List<String> faults, Clock clock) {
        public About {
            facts = List.copyOf(facts);
            notes = List.copyOf(notes);
            faults = List.copyOf(faults);
        }

        /** Of a simulation about which there is nothing else to say. */
        public static About simulation(String title, String replay) {
            return new About(title, replay, List.of(), List.of(), List.of(), Clock.VIRTUAL);
        }
    }

    /** What happens at a point. */
    public enum PointKind {
        START,
        BROADCAST,
        DELIVER,
        SUSPECT,
        RESTORE,
        VIEW,
        CRASH,
        END,
        /** A point-to-point message is about to be sent or has been received, as the application sees it. */
        MESSAGE,
        /** A frame leaves. */
        FRAME_SENT,
        /** A frame is received. */
        FRAME_RECEIVED
    }

    /**
     * Something happens at one process.
     *
     * @param process its rank, from 0
     * @param message the message that it is about, such as {@code p1#3}, or empty
     */
    public record Point(int id, int process, long atNanos, PointKind kind, String text, String message) {}

    /** What a frame mainly carries. */
    public enum ArrowKind {
        /** Messages that the sender has broadcast or sent itself. */
        DATA,
        /** Messages of others. */
        RELAY,
        /** Acknowledgements without data. */
        ACKNOWLEDGEMENT,
        /** Fair-loss messages, such as heartbeats. */
        FAIR_LOSS,
        /** Handshake, refusal, goodbye. */
        CONNECTION,
        /** Nothing but a sign of life, or headers of other components. */
        OTHER
    }

    /**
     * A frame from one process to another.
     *
     * @param from the point at which it leaves
     * @param to the point at which it is received, or -1 when it never was
     * @param target the rank of the process that it was sent to
     * @param lostNanos when it got lost, or -1
     * @param parts what it says, for a person to read
     * @param messages the broadcasts that it carries
     */
    public record Arrow(
            int id,
            int from,
            int to,
            int target,
            long lostNanos,
            ArrowKind kind,
            List<String> parts,
            List<String> messages) {
        public Arrow {
            parts = List.copyOf(parts);
            messages = List.copyOf(messages);
        }

        public boolean arrived() {
            return to >= 0;
        }
    }

    /** What lasts for a while. */
    public enum BandKind {
        PARTITION,
        PAUSE,
        BLOCKED,
        DOWN
    }

    /** @param processes the ranks of those that it concerns */
    public record Band(BandKind kind, List<Integer> processes, long fromNanos, long toNanos, String text) {
        public Band {
            processes = List.copyOf(processes);
        }
    }
}
