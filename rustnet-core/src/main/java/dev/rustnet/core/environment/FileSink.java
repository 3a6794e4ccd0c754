package dev.rustnet.core.environment;

import dev.rustnet.component.Sink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new file for lines, written without a buffer of our own: what is written survives the death of the process. */
final class FileSink implements Sink {
    private static final int MAX_ATTEMPTS = 100_000;

    // Injected
    private final Path path;
    private final FileChannel channel;

    private FileSink(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Opens {@code wanted}, or {@code wanted.1} and so on where there is such a file already. */
    static FileSink open(Path wanted) {
        try {
            Path parent = wanted.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            for (int i = 0; i < MAX_ATTEMPTS; i++) {
                Path path = i == 0 ? wanted : wanted.resolveSibling(wanted.getFileName() + "." + i);
                try {
                    return new FileSink(
                            path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
                } catch (FileAlreadyExistsException e) {
                    // The next name.
                }
            }
            throw new IOException("there are too many files of that name");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + wanted + " for writing: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public void line(CharSequence line) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + path + ": " + e.getMessage(), e);
        }
    }
}
