package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A message that is spoilt in its sender's memory, so that each new connection brings it again. */
class BadMessageTest {
    private static final byte[] EVIL = "evil".getBytes(StandardCharsets.UTF_8);
    private static final int LENGTH_TO_PAYLOAD = 6;

    private final MemoryMesh mesh = new MemoryMesh();

    @Test
    void theSameNumberBadAgainHoldsItsPeerBackWithOneReport() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));
        mesh.run(500);
        mesh.network.swallow(BadMessageTest::spoilt);
        mesh.processes[0].channel.broadcast("good");
        mesh.processes[0].channel.broadcast("evil");
        mesh.processes[1].channel.broadcast("other");
        int dialsBefore = mesh.network.dials();

        mesh.run(60_000);

        assertThat(mesh.network.dials() - dialsBefore).isBetween(20, 400);
        for (int rank = 1; rank <= 2; rank++) {
            assertThat(mesh.processes[rank].delivered).containsExactlyInAnyOrder("first:good", "second:other");
            assertThat(mesh.processes[rank].logged)
                    .filteredOn(line -> line.startsWith("first sends a message again that was bad before: "
                            + "message first#2 of flood cannot be read: "))
                    .hasSize(1);
            assertThat(mesh.processes[rank].logged)
                    .filteredOn(line -> line.startsWith("closed the connection with first"))
                    .hasSize(1);
        }

        mesh.network.swallow(frame -> false);
        mesh.run(5_000);

        assertThat(mesh.processes[1].delivered).contains("first:evil");
        assertThat(mesh.processes[2].delivered).contains("first:evil");
    }

    /** Swallows nothing; makes the length of the message claim more bytes than there are. */
    private static boolean spoilt(ByteBuffer frame) {
        for (int at = LENGTH_TO_PAYLOAD; at <= frame.limit() - EVIL.length; at++) {
            byte[] bytes = new byte[EVIL.length];
            frame.get(at, bytes);
            if (java.util.Arrays.equals(bytes, EVIL)) {
                frame.put(at - LENGTH_TO_PAYLOAD, (byte) 0x7f);
            }
        }
        return false;
    }
}
