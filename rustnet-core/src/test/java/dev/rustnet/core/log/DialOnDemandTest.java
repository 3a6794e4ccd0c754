package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Who is dialled where only those are for whom there is something. */
class DialOnDemandTest {
    private final MemoryMesh mesh = new MemoryMesh();
    private final MemoryMesh.Member[] processes = mesh.processes;

    private void start() {
        mesh.dialOnDemand = true;
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));
        mesh.run(3_000);
    }

    @Test
    void nobodyIsBeforeThereIsSomething() {
        start();

        assertThat(mesh.network.dials()).isZero();
    }

    @Test
    void aBroadcastDialsWhoIsToHaveIt() {
        start();

        processes[0].channel.broadcast("hello");
        mesh.run(1_000);

        assertThat(mesh.network.connections()).isEqualTo(2);
        assertThat(processes[1].delivered).containsExactly("first:hello");
        assertThat(processes[2].delivered).containsExactly("first:hello");
    }

    @Test
    void whoRelaysDialsWhoLacksIt() {
        mesh.relay = true;
        start();

        processes[0].channel.broadcast("hello");
        mesh.run(1_000);

        assertThat(processes[2].delivered).containsExactly("first:hello");
        assertThat(mesh.network.connections()).isEqualTo(3);
    }

    @Test
    void aMessageToOneDialsThatOne() {
        start();

        assertThat(processes[1].perfect.trySend(
                        processes[2].self, ByteBuffer.allocate(4).putInt(7).flip()))
                .isTrue();
        mesh.run(1_000);

        assertThat(processes[2].received).containsExactly("second:7");
        assertThat(mesh.network.connections()).isEqualTo(1);
    }

    @Test
    void whoIsWantedIsDialledAndDialledAgain() {
        start();

        processes[0].links.want(2);
        mesh.run(1_000);
        assertThat(mesh.network.connections()).isEqualTo(1);
        mesh.network.resetAll();
        mesh.run(1_000);

        assertThat(mesh.network.connections()).isEqualTo(1);
    }

    @Test
    void whoHasEverythingIsNotDialledAgain() {
        start();
        processes[0].channel.broadcast("hello");
        mesh.run(1_000);
        mesh.network.resetAll();
        int dials = mesh.network.dials();

        mesh.run(10_000);
        assertThat(mesh.network.dials()).isEqualTo(dials);
        processes[0].channel.broadcast("again");
        mesh.run(1_000);

        assertThat(processes[2].delivered).containsExactly("first:hello", "first:again");
    }

    @Test
    void whatAResetHasTakenIsSentOnAnotherConnection() {
        start();
        processes[0].channel.broadcast("hello");
        mesh.run(1_000);

        for (int round = 0; round < 20; round++) {
            processes[0].channel.broadcast("m" + round);
            mesh.run(1);
            mesh.network.resetAll();
            mesh.run(2_000);
            assertThat(processes[1].delivered).endsWith("first:m" + round);
            assertThat(processes[2].delivered).endsWith("first:m" + round);
        }
    }
}
