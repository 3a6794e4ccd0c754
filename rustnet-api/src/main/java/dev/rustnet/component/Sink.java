package dev.rustnet.component;

/** A text file that is appended to. Used on the loop. */
public interface Sink extends AutoCloseable {
    /** The name of the file really opened. */
    String name();

    /**
     * Appends {@code line} and a line feed; they have been handed to the operating system when this returns, so that
     * they survive the death of the process.
     */
    void line(CharSequence line);

    @Override
    void close();
}
