package dev.rustnet.launcher.console;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream, in UTF-8, with a bound on their length: memory does not grow with a line that never ends. One
 * thread at a time. The stream is not closed: Java closes file descriptors 0 to 2 only to use them again.
 */
public final class InputLineReader {
    // Injected
    private final InputStream in;
    private final int longest;
    private final Runnable onTooLong;

    // State
    private boolean toldTooLong;

    /**
     * @param longest in bytes, without the end of the line; longer lines are left out
     * @param onTooLong called once, as soon as the first line is longer than that
     */
    public InputLineReader(InputStream in, int longest, Runnable onTooLong) {
        this.in = new BufferedInputStream(in);
        this.longest = longest;
        this.onTooLong = onTooLong;
    }

    /** The next line without its end, or null when there is none. */
    public @Nullable String next() throws IOException {
        for (int first = in.read(); first >= 0; first = in.read()) {
            String line = lineFrom(first);
            if (line != null) {
                return line;
            }
        }
        return null;
    }

    /** The line that begins with that byte, or null when it is too long. */
    private @Nullable String lineFrom(int first) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        for (int next = first; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() <= longest) { // One more, which may be a carriage return.
                line.write(next);
            } else {
                tooLong = true;
                tellTooLong();
            }
        }
        byte[] bytes = line.toByteArray();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        if (tooLong || length > longest) {
            tellTooLong();
            return null;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void tellTooLong() {
        if (!toldTooLong) {
            toldTooLong = true;
            onTooLong.run();
        }
    }
}
