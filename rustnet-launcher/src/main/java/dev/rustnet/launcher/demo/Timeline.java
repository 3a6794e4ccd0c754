package dev.rustnet.launcher.demo;

import dev.rustnet.launcher.console.Style;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints what happens, with the seconds since the beginning in front. Used by one thread. */
final class Timeline {
    private static final double NANOS_PER_SECOND = 1e9;

    // Injected
    private final PrintWriter out;
    private final Style style;
    private final List<String> names;
    private final int width;
    private final long startNanos = System.nanoTime();

    /** @param names all processes, in the order in which they get their colours */
    Timeline(PrintWriter out, Style style, List<String> names) {
        this.out = out;
        this.style = style;
        this.names = List.copyOf(names);
        this.width = names.stream().mapToInt(String::length).max().orElse(0);
    }

    Style style() {
        return style;
    }

    /** Something that concerns the whole mesh. */
    void say(String sentence) {
        out.println(style.dim(time()) + " " + sentence);
        out.flush();
    }

    /** Something that happened at one process. */
    void say(String process, String sentence) {
        say(style.process(names.indexOf(process), String.format(Locale.ROOT, "%-" + width + "s", process)) + "  "
                + sentence);
    }

    private String time() {
        double seconds = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
        return String.format(Locale.ROOT, "%6.2f s ", seconds);
    }
}
