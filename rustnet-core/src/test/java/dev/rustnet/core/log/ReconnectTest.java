package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How often peers are dialled whose connections end again and again. */
class ReconnectTest {
    private static final byte BATCH = 1;
    private static final byte ACCEPT = 4;

    private final MemoryMesh mesh = new MemoryMesh();
    private final MemoryMesh.Member[] processes = mesh.processes;
    private boolean cut;

    @Test
    void connectionsThatAreCutRightAfterTheHandshakeAreDialledWithGrowingPauses() {
        mesh.network.swallow(frame -> {
            cut |= frame.get(0) == ACCEPT;
            return frame.get(0) == BATCH;
        });
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));

        int before = dialsWhileCut(5_000);
        int after = dialsWhileCut(10_000);

        assertThat(before).isPositive();
        // Three pairs, each end of which dials at least every second and no oftener than every half.
        assertThat(after).isBetween(3 * 10, 3 * 2 * 2 * 10 + 6);
    }

    @Test
    void connectionsThatAreCutWhenTheyHaveBroughtMessagesAreDialledAgainAtOnce() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));
        mesh.run(500);
        int dials = mesh.network.dials();

        for (int k = 1; k <= 200; k++) {
            processes[0].channel.broadcast("m" + k);
            mesh.run(50);
            assertThat(processes[1].delivered).hasSize(k);
            assertThat(processes[2].delivered).hasSize(k);
            mesh.network.resetAll();
        }

        assertThat(mesh.network.dials() - dials).isGreaterThanOrEqualTo(2 * 199);
    }

    private int dialsWhileCut(int milliseconds) {
        int dials = mesh.network.dials();
        for (int i = 0; i < milliseconds; i++) {
            mesh.run(1);
            if (cut) {
                cut = false;
                mesh.run(1);
                mesh.network.resetAll();
            }
        }
        return mesh.network.dials() - dials;
    }
}
