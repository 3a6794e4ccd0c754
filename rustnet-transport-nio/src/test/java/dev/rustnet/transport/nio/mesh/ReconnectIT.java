package dev.rustnet.transport.nio.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.testkit.transport.FaultProxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Both ends of a connection that is cut dial at once, again and again: one link remains each time, and nothing else. */
@Timeout(value = 1_800, threadMode = ThreadMode.SEPARATE_THREAD)
final class ReconnectIT {
    private static final int RECONNECTS = Boolean.getBoolean("rustnet.endurance") ? 10_000 : 500;

    @TempDir
    Path data;

    @Test
    void reconnectsLeaveOneLinkAndNeitherThreadsNorDescriptors() {
        try (var mesh = new ProxiedMesh(2, data, Map.of("rustnet.link.dial-backoff-min", "1ms"))) {
            mesh.join();
            reconnect(mesh);
            Usage before = Usage.now();

            for (int i = 0; i < RECONNECTS; i++) {
                reconnect(mesh);
            }

            before.awaitAgain();
            int dials = accepted(mesh);
            mesh.load(1_000, 100);
            mesh.assertAllDeliveredOnceAndInOrder();
            assertThat(accepted(mesh)).isEqualTo(dials);
        }
    }

    private static void reconnect(ProxiedMesh mesh) {
        mesh.proxies().forEach(FaultProxy::reset);
        mesh.load(1, 100);
        mesh.assertAllDeliveredOnceAndInOrder();
        mesh.until("one connection remains", () -> connected(mesh) == 1);
    }

    private static int connected(ProxiedMesh mesh) {
        return mesh.proxies().stream().mapToInt(FaultProxy::connected).sum();
    }

    private static int accepted(ProxiedMesh mesh) {
        return mesh.proxies().stream().mapToInt(FaultProxy::accepted).sum();
    }
}
