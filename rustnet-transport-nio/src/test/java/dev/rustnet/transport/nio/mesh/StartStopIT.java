package dev.rustnet.transport.nio.mesh;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that come and go in one JVM leave nothing behind. */
@Timeout(value = 900, threadMode = ThreadMode.SEPARATE_THREAD)
final class StartStopIT {
    private static final int CYCLES = Boolean.getBoolean("rustnet.endurance") ? 100 : 20;
    /** In every so many cycles the nodes stop while everybody broadcasts and sends. */
    private static final int UNDER_LOAD = 10;

    @TempDir
    Path data;

    @Test
    void cyclesLeaveNeitherThreadsNorDescriptors() {
        cycle(0);
        Usage before = Usage.now();

        for (int i = 1; i <= CYCLES; i++) {
            cycle(i);
        }

        before.awaitAgain();
    }

    private void cycle(int number) {
        try (var mesh = new ProxiedMesh(3, data, Map.of())) {
            mesh.join();
            if (number % UNDER_LOAD == 0) {
                mesh.stopUnderLoad(1_000);
            } else {
                mesh.load(10, 1_000);
            }
        }
    }
}
