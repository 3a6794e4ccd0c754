package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.transport.Connection;
import dev.rustnet.transport.ConnectionHandler;
import dev.rustnet.transport.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * rustnet grew out of a small Rust crate of that name. These are bugs which that crate had in the part that talks to the
 * network, each with a test that it does not come back here.
 */
class LinkBugsOfTheRustCrateTest {
    private final MemoryMesh mesh = new MemoryMesh();
    private final MemoryMesh.Member[] processes = mesh.processes;

    @Test
    void panicOnAnUnknownMessageType() {
        startAndJoin();

        strangerSends(ByteBuffer.wrap(new byte[] {99, 1, 2, 3}));

        everybodyStillDelivers();
        assertThat(processes[0].counters.snapshot().get("link.connections.bad-frame"))
                .isEqualTo(1);
    }

    @Test
    void panicOnAnUnknownPeer() {
        startAndJoin();

        strangerSends(ByteBuffer.wrap("GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII)));

        everybodyStillDelivers();
    }

    @Test
    void panicOnARefusedConnection() {
        mesh.startWithout(2);
        mesh.run(3_000);
        assertThat(processes[0].links.drained()).isTrue();

        mesh.startLate(2);
        mesh.run(3_000);

        everybodyStillDelivers();
    }

    @Test
    void oneConnectionAndOneThreadPerMessage() {
        startAndJoin();
        int connections = mesh.network.connections();
        int dials = mesh.network.dials();
        int threads = Thread.activeCount();

        for (int i = 0; i < 500; i++) {
            processes[i % processes.length].channel.broadcast("m" + i);
            mesh.run(1);
        }
        mesh.run(200);

        assertThat(processes[0].delivered).hasSize(500);
        assertThat(mesh.network.dials()).isEqualTo(dials);
        assertThat(mesh.network.connections()).isEqualTo(connections);
        assertThat(Thread.activeCount()).isEqualTo(threads);
    }

    private void startAndJoin() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));
        mesh.run(500);
    }

    private void everybodyStillDelivers() {
        for (MemoryMesh.Member process : processes) {
            process.channel.broadcast("from " + process.self);
        }
        mesh.run(500);
        for (MemoryMesh.Member process : processes) {
            assertThat(process.delivered)
                    .containsExactlyInAnyOrder("first:from first", "second:from second", "third:from third");
        }
    }

    private void strangerSends(ByteBuffer frame) {
        Transport stranger = mesh.network.transport("stranger");
        List<String> seen = new ArrayList<>();
        stranger.open(new ConnectionHandler() {
            @Override
            public void accepted(Connection connection) {}

            @Override
            public void opened(Connection connection) {
                connection.send(new ByteBuffer[] {frame}, 1);
            }

            @Override
            public void dialFailed(Connection connection, DialFailure failure, String detail) {}

            @Override
            public void received(Connection connection, ByteBuffer answer) {}

            @Override
            public void drained(Connection connection) {}

            @Override
            public void closed(Connection connection, Closing closing, String detail) {
                seen.add("closed");
            }
        });
        stranger.dial("first");
        stranger.poll(0);
        mesh.run(10);
        stranger.poll(0);
        assertThat(seen).containsExactly("closed");
    }
}
