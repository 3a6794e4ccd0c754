package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rustnet.core.link.Caller;
import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Every frame of a group in which somebody lies: handshakes, batch headers, acknowledgements, fair-loss messages,
 * point-to-point and broadcast messages. Whatever is said, nothing is thrown in a loop, nothing is delivered out of thin
 * air by a process that does not exist, and memory stays within its bounds.
 */
class LinkFramesFuzzTest {
    private static final int FRAME_KIND_AND_TAG = 6;
    private static final long MOST_RETAINED = 8L << 20;

    @FuzzTest(maxDuration = "10m")
    void framesOfAMemberThatLies(FuzzedDataProvider data) {
        MemoryMesh mesh = new MemoryMesh();
        mesh.relay = true;
        mesh.start(new BroadcastLogs.Window(1 << 16, 64));
        mesh.run(100);
        mesh.network.swallow(frame -> spoil(frame, data));
        for (int round = 0; round < 20 && data.remainingBytes() > 0; round++) {
            mesh.processes[round % 3].channel.tryBroadcast(new byte[data.consumeInt(0, 40)]);
            trySend(mesh.processes[round % 3], mesh.processes[(round + 1) % 3].self, round);
            mesh.run(3);
        }
        mesh.network.swallow(frame -> false);

        mesh.run(200);

        for (MemoryMesh.Member process : mesh.processes) {
            assertThat(process.delivered).allMatch(text -> text.matches("(?s)(first|second|third):.*"));
            assertThat(process.links.chunks().bytesInUse()).isLessThan(MOST_RETAINED);
        }
    }

    private static void trySend(MemoryMesh.Member from, ProcessId to, int number) {
        try {
            from.perfect.trySend(to, ByteBuffer.allocate(4).putInt(0, number));
        } catch (IllegalArgumentException e) {
            // Who lied about its incarnation has taken the place of the one that is sent to.
            assertThat(e).hasMessageContaining("counts no more");
        }
    }

    /** Changes some bytes where they stand; behind the kind and the tag, which would only end the connection. */
    private static boolean spoil(ByteBuffer frame, FuzzedDataProvider data) {
        int changes = data.remainingBytes() == 0 ? 0 : data.consumeInt(0, 3);
        for (int i = 0; i < changes && frame.limit() > FRAME_KIND_AND_TAG; i++) {
            int at = data.consumeInt(FRAME_KIND_AND_TAG, frame.limit() - 1);
            frame.put(at, data.consumeByte());
        }
        return changes == 3 && data.consumeBoolean();
    }

    @FuzzTest(maxDuration = "10m")
    void framesOfAStranger(FuzzedDataProvider data) {
        MemoryMesh mesh = new MemoryMesh();
        mesh.startWithout(2);
        mesh.run(50);
        Group group = new Group(Arrays.stream(MemoryMesh.NAMES)
                .map(name -> new Group.Member(name, name))
                .toList());
        var caller = new Caller(mesh.network, "third");
        while (data.remainingBytes() > 0) {
            ByteBuffer frame =
                    data.consumeBoolean() ? ByteBuffer.wrap(data.consumeBytes(300)) : spoiltHello(group, data);
            if (frame.hasRemaining()) {
                caller.call(data.pickValue(new String[] {"first", "second"}), frame);
            }
            mesh.run(data.consumeInt(0, 5));
            caller.poll();
            caller.hangUpAllButTheLast(3);
        }
        mesh.processes[0].channel.broadcast("after all");

        mesh.run(500);

        assertThat(mesh.processes[0].delivered).contains("first:after all");
        assertThat(mesh.processes[1].delivered).contains("first:after all");
    }

    private static ByteBuffer spoiltHello(Group group, FuzzedDataProvider data) {
        ByteBuffer hello = Caller.hello("third", data.consumeLong(1, Long.MAX_VALUE), "third", group);
        for (int i = data.consumeInt(0, 3); i > 0; i--) {
            hello.put(data.consumeInt(0, hello.limit() - 1), data.consumeByte());
        }
        return hello.limit(data.consumeInt(1, hello.limit()));
    }
}
