package dev.rustnet.testkit.simulation;

import dev.rustnet.component.Store;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A record on the disk of a host, which survives the crash of a process up to the last completed write. */
final class MemoryStore implements Store {
    private static final int MAX_LENGTH = 64 * 1024;

    // Injected
    private final Map<String, byte[]> disk;
    private final String key;
    private final BooleanSupplier alive;

    MemoryStore(Map<String, byte[]> disk, String key, BooleanSupplier alive) {
        this.disk = disk;
        this.key = key;
        this.alive = alive;
    }

    @Override
    public Optional<byte[]> read() {
        return Optional.ofNullable(disk.get(key)).map(byte[]::clone);
    }

    @Override
    public void replace(byte[] record) {
        if (record.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a record may have 64 KiB, not " + record.length + " bytes");
        }
        if (alive.getAsBoolean()) {
            disk.put(key, record.clone());
        }
    }
}
