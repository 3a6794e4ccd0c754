package dev.rustnet.launcher.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, in UTF-8 whatever the locale is, that does not lose anything in silence: a {@link PrintStream} only
 * knows that something has failed, this one also what it was. Any thread.
 */
public final class StandardOutput extends PrintStream {
    // Injected
    private final Recording recording;

    // State
    private boolean said;

    StandardOutput(OutputStream out) {
        this(new Recording(out));
    }

    private StandardOutput(Recording recording) {
        super(new BufferedOutputStream(recording), false, StandardCharsets.UTF_8);
        this.recording = recording;
    }

    /** Puts it, and a standard error in UTF-8, in place of those that Java has set up. */
    public static void install() {
        System.setOut(new StandardOutput(new FileOutputStream(FileDescriptor.out)));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }

    /** What is installed. */
    public static StandardOutput current() {
        return System.out instanceof StandardOutput installed ? installed : new StandardOutput(System.out);
    }

    /** Whether writing has failed: what was printed since then is lost. Flushes nothing. */
    public boolean failed() {
        return recording.failure != null;
    }

    /**
     * Flushes. When anything was lost, says so on {@code error}, once. A reader who wants no more, such as {@code head},
     * is no loss.
     *
     * @return whether anything was lost
     */
    public synchronized boolean lost(PrintStream error) {
        flush();
        IOException failure = recording.failure;
        if (failure == null || readerLeft(failure)) {
            return false;
        }
        if (!said) {
            said = true;
            error.println(
                    "rustnet: standard output cannot be written, what was printed is lost: " + failure.getMessage());
        }
        return true;
    }

    private static boolean readerLeft(IOException failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
    }

    /** Keeps the first failure. */
    private static final class Recording extends OutputStream {
        private final OutputStream out;
        private volatile @Nullable IOException failure;

        Recording(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw first(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw first(e);
            }
        }

        private IOException first(IOException e) {
            if (failure == null) {
                failure = e;
            }
            return e;
        }
    }
}
