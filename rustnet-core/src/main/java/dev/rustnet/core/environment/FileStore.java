package dev.rustnet.core.environment;

import dev.rustnet.component.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;

/** One record in one file. A new one is written beside it, forced to disk, and put in its place in one step. */
final class FileStore implements Store {
    private static final int MAX_LENGTH = 64 * 1024;
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_-]");

    // Injected
    private final Path path;

    FileStore(Path path) {
        this.path = path;
    }

    /** A name of a file for any name: what is not a letter, digit, _ or - is written as its code. */
    static String fileName(String name) {
        return UNSAFE.matcher(name)
                .replaceAll(match -> "%" + Integer.toHexString(match.group().charAt(0)));
    }

    @Override
    public Optional<byte[]> read() {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void replace(byte[] record) {
        if (record.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a record has at most 64 KiB, not " + record.length + " bytes");
        }
        Path written = path.resolveSibling(path.getFileName() + ".new");
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            try (FileChannel channel = FileChannel.open(
                    written,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(record);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(written, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (folder != null) {
                forceFolder(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path + ": " + e.getMessage(), e);
        }
    }

    /** The file's new name is on disk only once its folder is. */
    private static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
