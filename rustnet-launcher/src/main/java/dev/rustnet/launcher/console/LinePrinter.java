package dev.rustnet.launcher.console;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Prints lines on a thread of its own, so that a slow reader of standard output delays the node's loop only once
 * {@value #WAITING} lines wait. Flushes whenever nothing waits. Once standard output has failed, lines are thrown away.
 */
public final class LinePrinter implements AutoCloseable {
    private static final int WAITING = 65_536;
    private static final long CLOSE_MILLIS = 2_000;
    private static final String END = new String("end");

    // Injected
    private final StandardOutput out;
    private final Runnable onFailure;

    // State
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread = new Thread(this::print, "rustnet-output");

    /** @param onFailure called once, on a thread of its own, when {@code out} cannot be written any more */
    public LinePrinter(StandardOutput out, Runnable onFailure) {
        this.out = out;
        this.onFailure = onFailure;
        thread.setDaemon(true);
        thread.start();
    }

    /** Prints {@code line} soon, after those before it. Control characters of other processes do not reach the terminal. */
    public void print(String line) {
        put(printable(line));
    }

    /** Prints what waits, for at most two seconds. */
    @Override
    public void close() {
        try {
            if (lines.offer(END, CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                thread.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(String line) {
        try {
            lines.put(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("ReferenceEquality") // The end is one object, not any text that says so.
    private void print() {
        boolean failed = false;
        try {
            for (String line = lines.take(); line != END; line = lines.take()) {
                if (failed) {
                    continue;
                }
                out.println(line);
                if (lines.isEmpty()) {
                    out.flush();
                }
                if (out.failed()) {
                    failed = true;
                    new Thread(onFailure, "rustnet-output-failed").start();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            out.flush();
        }
    }

    private static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i)) && text.charAt(i) != '\t') {
                return text.replaceAll("[\\p{Cntrl}&&[^\t]]", "?");
            }
        }
        return text;
    }
}
