package dev.rustnet.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rustnet.broadcast.BroadcastHeader;
import dev.rustnet.broadcast.DeadLetter;
import dev.rustnet.core.memory.Malformed;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private final MemoryMesh mesh = new MemoryMesh();

    @Test
    void anUndecodablePayloadIsKeptAndTheNextMessageIsDelivered() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));
        MemoryMesh.Member receiver = mesh.processes[1];
        List<String> seen = new ArrayList<>();
        receiver.channel.typed(String.class).onDeliver((text, delivery) -> seen.add(text));

        mesh.processes[0].channel.broadcast("one");
        mesh.processes[0].channel.broadcast("!" + "x".repeat(99));
        mesh.processes[0].channel.broadcast("three");
        mesh.run(500);

        assertThat(seen).containsExactly("one", "three");
        assertThat(receiver.deadLetters.list())
                .containsExactly(new DeadLetter(
                        DeadLetter.Reason.UNDECODABLE,
                        "it begins with an exclamation mark",
                        "flood",
                        "test",
                        mesh.processes[0].self,
                        2,
                        100,
                        "21" + "78".repeat(63),
                        Instant.EPOCH));
        assertThat(receiver.counters.snapshot())
                .containsEntry("flood.dropped.undecodable", 1L)
                .containsEntry("flood.delivered", 2L)
                .containsEntry("flood.handler-failed", 0L);
        assertThat(mesh.processes[0].links.drained()).isTrue();
    }

    @Test
    void aMessageWhoseHeadersCannotBeReadIsKeptAndTheNextOneIsDelivered() {
        mesh.headers.add(new PickyHeader());
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));

        for (int k = 1; k <= 4; k++) {
            mesh.processes[0].channel.broadcast("m" + k);
        }
        mesh.run(500);

        MemoryMesh.Member receiver = mesh.processes[2];
        assertThat(receiver.delivered).containsExactly("first:m1", "first:m3", "first:m4");
        assertThat(receiver.deadLetters.list())
                .extracting(DeadLetter::reason, DeadLetter::detail, DeadLetter::channel, DeadLetter::number)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(DeadLetter.Reason.MALFORMED, "not this one", "", 2L));
        assertThat(receiver.deadLetters.list().get(0).firstBytes()).endsWith("026d32"); // the header's value, "m2"
        assertThat(receiver.counters.snapshot()).containsEntry("flood.dropped.malformed", 1L);
    }

    @Test
    void whatADecoderSaysIsCutShort() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));
        DeadLetters letters = mesh.processes[0].deadLetters;

        letters.add(
                DeadLetter.Reason.UNDECODABLE,
                new IllegalArgumentException("x".repeat(100_000)),
                "flood",
                "test",
                mesh.processes[1].self,
                1,
                ByteBuffer.allocate(0));

        assertThat(letters.list().get(0).detail()).isEqualTo("x".repeat(DeadLetter.MAX_DETAIL));
    }

    @Test
    void onlyTheLatestAreKept() {
        mesh.start(new BroadcastLogs.Window(1 << 20, 1024));
        mesh.processes[1].channel.typed(String.class).onDeliver((text, delivery) -> {});

        for (int k = 1; k <= 5; k++) {
            mesh.processes[0].channel.broadcast("!" + k);
        }
        mesh.run(500);

        assertThat(mesh.processes[1].deadLetters.list())
                .extracting(DeadLetter::number)
                .containsExactly(3L, 4L, 5L);
        assertThat(mesh.processes[1].counters.snapshot()).containsEntry("flood.dropped.undecodable", 5L);
    }

    /** Counts the messages of its process, and does not want to read the second. */
    private static final class PickyHeader implements BroadcastHeader<Byte> {
        private byte next = 1;

        @Override
        public String name() {
            return "picky";
        }

        @Override
        public int maxLength() {
            return 1;
        }

        @Override
        public void write(Scope scope, ByteBuffer out) {
            out.put(next++);
        }

        @Override
        public Byte read(Scope scope, ByteBuffer in) {
            byte value = in.get();
            if (value == 2) {
                throw new Malformed("not this one");
            }
            return value;
        }
    }
}
