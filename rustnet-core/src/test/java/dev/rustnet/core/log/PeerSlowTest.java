package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.PeerSlow;
import dev.rustnet.group.ProcessId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerSlowTest {
    private final MemoryMesh mesh = new MemoryMesh();
    private final List<PeerSlow> notices = new ArrayList<>();
    private final ProcessId third = new ProcessId("third", 3);

    @Test
    void aNoticeSaysForWhomBroadcastsWaitAndOneMoreWhenItGoesOn() {
        mesh.startWithout(2);
        mesh.processes[0].topics.subscribe(PeerSlow.TOPIC, notices::add);
        fillWindow();

        mesh.run(10_000);

        assertThat(notices).containsExactly(new PeerSlow("flood", third, 1, true));

        mesh.startLate(2);
        mesh.run(3_000);

        assertThat(notices)
                .containsExactly(new PeerSlow("flood", third, 1, true), new PeerSlow("flood", third, 1, false));
        assertThat(mesh.processes[0].channel.tryBroadcast(new byte[1])).isTrue();
    }

    @Test
    void whoWaitsForTheWindowToOpenIsEnoughForANotice() {
        mesh.startWithout(2);
        mesh.processes[0].topics.subscribe(PeerSlow.TOPIC, notices::add);
        mesh.run(100);
        fillWindow();
        mesh.processes[0].channel.onWindowOpen(() -> {});
        mesh.run(2_000); // the first look: the window has moved since the one before, if only to its end

        mesh.run(4_000);

        assertThat(notices).containsExactly(new PeerSlow("flood", third, 1, true));
    }

    @Test
    void aFullWindowInWhichNobodyWaitsIsNoNews() {
        mesh.startWithout(2);
        mesh.processes[0].topics.subscribe(PeerSlow.TOPIC, notices::add);
        for (int k = 1; k <= 1024; k++) {
            mesh.processes[0].channel.broadcast("m");
        }

        mesh.run(10_000);

        assertThat(notices).isEmpty();
    }

    private void fillWindow() {
        while (mesh.processes[0].channel.tryBroadcast(new byte[1])) {
            // until it is full
        }
    }
}
