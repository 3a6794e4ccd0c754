package dev.rustnet.launcher.demo;

import dev.rustnet.launcher.console.InputLineReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The lines that the demonstration broadcasts.
 *
 * @param origin where they come from, for a person to read
 * @param lines at least one
 */
record InputLines(String origin, List<String> lines) {
    /** Bytes of a line; longer ones are left out. */
    static final int LONGEST = 65_536;

    private static final String SHIPPED = "snark.txt";
    private static final String SHIPPED_ORIGIN = "The Hunting of the Snark and Jabberwocky, by Lewis Carroll";
    private static final long PATIENCE_SECONDS = 2;

    InputLines {
        lines = List.copyOf(lines);
    }

    /**
     * What is piped into this process, up to {@code limit} lines, or else the text that ships with it. An input that
     * stays silent for two seconds counts as ended: whatever it is, it is not a text for us.
     */
    static InputLines pipedOrShipped(InputStream piped, boolean keyboard, int limit) throws InterruptedException {
        List<String> lines = keyboard ? List.of() : read(piped, limit);
        return lines.isEmpty() ? shipped(limit) : new InputLines("standard input", lines);
    }

    static InputLines shipped(int limit) {
        try (InputStream in = InputLines.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException(SHIPPED + " is missing in this jar");
            }
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .limit(limit)
                    .toList();
            return new InputLines(SHIPPED_ORIGIN, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> read(InputStream piped, int limit) throws InterruptedException {
        BlockingQueue<Optional<String>> queue = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> pump(piped, limit, queue), "rustnet-input");
        reader.setDaemon(true);
        reader.start();

        List<String> lines = new ArrayList<>();
        while (lines.size() < limit) {
            Optional<String> line = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null || line.isEmpty()) {
                break;
            }
            lines.add(line.get());
        }
        return lines;
    }

    private static void pump(InputStream piped, int limit, BlockingQueue<Optional<String>> queue) {
        try {
            InputLineReader in = new InputLineReader(piped, LONGEST, () -> {});
            int left = limit;
            for (String line = in.next(); line != null && left > 0; line = in.next(), left--) {
                queue.add(Optional.of(line));
            }
        } catch (IOException e) {
            // What was read until now is all there is.
        }
        queue.add(Optional.empty());
    }
}
