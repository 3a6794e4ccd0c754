package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.broadcast.WindowFullException;
import dev.rustnet.core.memory.ChunkPool;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept has a bound, whatever the messages are like and whatever others do. */
class BoundsTest {
    private static final int WINDOW = 1 << 20;

    private final MemoryMesh mesh = new MemoryMesh();

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 40_000, 70_000, 120_000, 131_072, 140_000, 300_000})
    void aFullWindowPinsNoMoreMemoryThanItSays(int length) {
        mesh.start(new BroadcastLogs.Window(WINDOW, 1 << 20));
        mesh.run(500);

        fill(length);

        assertThat(mesh.processes[0].links.chunks().bytesInUse()).isLessThanOrEqualTo(WINDOW + oneMore(length));
    }

    @Test
    void headersCountToo() {
        mesh.headers.add(new LongHeader());
        mesh.start(new BroadcastLogs.Window(WINDOW, 1 << 20));
        mesh.run(500);

        fill(0);

        assertThat(mesh.processes[0].links.chunks().bytesInUse()).isLessThanOrEqualTo(WINDOW + oneMore(1_000));
    }

    /** The chunk that the last message, or the one that did not fit any more, begins. */
    private static long oneMore(int length) {
        return Math.max(ChunkPool.CHUNK_LENGTH, length);
    }

    private void fill(int length) {
        while (mesh.processes[0].channel.tryBroadcast(new byte[length])) {}
    }

    @Test
    void ofASourceThatDoesNotKeepToItsWindowNoMoreThanTwoWindowsAreKept() {
        mesh.startOne(0, new BroadcastLogs.Window(WINDOW, 1 << 20));
        mesh.startOne(1, new BroadcastLogs.Window(WINDOW, 8));
        mesh.run(500);

        for (int i = 0; i < 10_000; i++) {
            assertThat(mesh.processes[0].channel.tryBroadcast(new byte[0])).isTrue();
            mesh.run(i % 100 == 0 ? 1 : 0);
        }
        mesh.run(5_000);

        assertThat(mesh.processes[1].counters.snapshot().get("flood.received")).isLessThanOrEqualTo(16);
        assertThat(mesh.processes[1].counters.snapshot().get("flood.dropped.over-window"))
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 70_000, 140_000})
    void aFullLinkPinsNoMoreMemoryThanItsWindow(int length) {
        mesh.start(new BroadcastLogs.Window(WINDOW, 8));
        MemoryMesh.Member process = mesh.processes[0];

        while (process.perfect.trySend(mesh.processes[1].self, ByteBuffer.allocate(length))) {}

        assertThat(process.links.chunks().bytesInUse()).isBetween(1L, WINDOW + oneMore(length));
    }

    /** It must not wait for ever. */
    @Test
    void aMessageLongerThanTheWindowOfItsLinkGoesAlone() {
        mesh.start(new BroadcastLogs.Window(WINDOW, 8));
        MemoryMesh.Member process = mesh.processes[0];
        mesh.run(500);
        ByteBuffer longest = ByteBuffer.allocate(mesh.maxMessageLength);

        assertThat(process.perfect.trySend(mesh.processes[1].self, longest)).isTrue();
        assertThat(process.perfect.trySend(mesh.processes[1].self, longest.flip()))
                .isFalse();
        mesh.run(100);

        assertThat(mesh.processes[1].received).containsExactly("first:0");
        assertThat(process.perfect.trySend(process.self, longest.clear())).isTrue();
        mesh.run(1);
        assertThat(process.received).containsExactly("first:0");
    }

    @Test
    void broadcastingIntoAFullWindowFromAHandlerThrowsInsteadOfWaitingForItself() {
        mesh.start(new BroadcastLogs.Window(WINDOW, 2));
        MemoryMesh.Member process = mesh.processes[0];
        List<Throwable> thrown = new ArrayList<>();
        process.channel.onDeliver(delivery -> {
            try {
                process.channel.broadcast("more");
                process.channel.broadcast("and more");
                process.channel.broadcast("and too much");
            } catch (WindowFullException e) {
                thrown.add(e);
            }
        });

        process.channel.broadcast("one");
        mesh.run(500);

        assertThat(thrown).isNotEmpty();
    }

    @Test
    void aBroadcastThatIsTooLongIsRefusedAndTheLinkStaysUp() {
        mesh.start(new BroadcastLogs.Window(8 << 20, 8));
        MemoryMesh.Member process = mesh.processes[0];
        mesh.run(500);

        assertThatThrownBy(() -> process.channel.tryBroadcast(new byte[mesh.maxMessageLength + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rustnet.node.max-message-size");
        for (int length : new int[] {0, 1, 65_535, 65_536, 65_537, mesh.maxMessageLength}) {
            assertThat(process.channel.tryBroadcast(new byte[length])).isTrue();
            mesh.run(500);
        }

        assertThat(mesh.processes[1].delivered).hasSize(6);
        assertThat(mesh.processes[1].counters.snapshot().get("flood.received")).isEqualTo(6);
    }

    @Test
    void whatAProcessSendsToItselfHasAWindowToo() {
        mesh.start(new BroadcastLogs.Window(WINDOW, 8));
        MemoryMesh.Member self = mesh.processes[0];
        List<String> opened = new ArrayList<>();
        int sent = 0;
        while (self.perfect.trySend(
                self.self, ByteBuffer.allocate(4).putInt(sent).flip())) {
            sent++;
        }
        self.perfect.onWindowOpen(() -> opened.add("open"));

        assertThat(sent).isEqualTo(1_000);
        mesh.run(2);
        assertThat(self.received).hasSize(1_000);
        assertThat(opened).containsExactly("open");
        assertThat(self.perfect.trySend(self.self, ByteBuffer.allocate(4))).isTrue();
        assertThat(self.perfect.trySend(self.self, ByteBuffer.allocate(WINDOW))).isFalse();
    }

    private static final class LongHeader implements BroadcastHeader<Integer> {
        @Override
        public String name() {
            return "long";
        }

        @Override
        public int maxLength() {
            return 1_000;
        }

        @Override
        public void write(Scope scope, ByteBuffer out) {
            out.put(new byte[1_000]);
        }

        @Override
        public Integer read(Scope scope, ByteBuffer in) {
            return in.remaining();
        }
    }
}
