package dev.rustnet.plugins.vectorclock;

import dev.rustnet.clock.VectorTimestamp;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Writes the events of one process in the form of GoVector, two lines each: the process and its time, then what happened.
 * The logs of all processes, one behind the other, are what ShiViz reads, with the expression that is its default for
 * GoVector:
 *
 * <pre>{@code (?<host>\S*) (?<clock>{.*})\n(?<event>.*)}</pre>
 *
 * A process that came into the group with a later view is another host there, {@code name@view}.
 */
final class ShiVizLog implements BiConsumer<String, VectorTimestamp> {
    /** With which ShiViz reads the log. */
    static final String EXPRESSION = "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)";

    private static final int VIEW_SHIFT = 32;
    private static final long NUMBER = (1L << VIEW_SHIFT) - 1;

    // Injected
    private final String self;
    private final Consumer<String> lines;

    ShiVizLog(String self, Consumer<String> lines) {
        this.self = self;
        this.lines = lines;
    }

    @Override
    public void accept(String event, VectorTimestamp time) {
        StringJoiner clock = new StringJoiner(", ", "{", "}");
        for (String process : time.processes()) {
            long number = time.time(process);
            if ((number & NUMBER) != 0) {
                clock.add('"' + host(process, number) + "\":" + (number & NUMBER));
            }
        }
        lines.accept(host(self, time.time(self)) + " " + clock);
        lines.accept(event);
    }

    /** Without what would end the word or the string. */
    private static String host(String process, long number) {
        String name = process.replaceAll("[\\s\"\\\\{}]", "_");
        long view = number >>> VIEW_SHIFT;
        return view == 0 ? name : name + "@" + view;
    }
}
