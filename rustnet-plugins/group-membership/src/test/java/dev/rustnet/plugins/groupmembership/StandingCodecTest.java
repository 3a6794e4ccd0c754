package dev.rustnet.plugins.groupmembership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.View;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StandingCodecTest {
    private static final ProcessId FIRST = new ProcessId("first", 1L << 60);
    private static final ProcessId SECOND = new ProcessId("second", 7);

    private final StandingCodec codec =
            new StandingCodec(new Group(List.of(new Group.Member("first", "a"), new Group.Member("second", "b"))));

    private static Standing full() {
        TreeMap<String, long[]> vectors = new TreeMap<>();
        vectors.put("reliable-broadcast", new long[] {0, 1L << 40});
        View next = new View(8, List.of(FIRST, SECOND), Map.of("first", 1, "second", 3));
        Proposal proposal = new Proposal(List.of(FIRST, SECOND), next, vectors);
        Ballot ballot = new Ballot(8, 300, 1);
        return new Standing(
                proposal,
                proposal,
                ballot,
                ballot,
                vectors,
                ballot,
                proposal,
                new TreeSet<>(List.of(SECOND)),
                true,
                Standing.Step.PROPOSE,
                ballot,
                proposal);
    }

    private byte[] bytes(Standing standing) {
        ByteBuffer out = ByteBuffer.allocate(1_000);
        codec.write(standing, out);
        return Arrays.copyOf(out.array(), out.position());
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        for (Standing standing : List.of(Standing.FIRST, full())) {
            Standing read = codec.read(ByteBuffer.wrap(bytes(standing)));

            assertThat(bytes(read)).isEqualTo(bytes(standing));
            assertThat(read.view()).isEqualTo(standing.view());
            assertThat(read.step()).isEqualTo(standing.step());
            assertThat(read.gone()).isEqualTo(standing.gone());
            assertThat(read.installed() == null ? null : read.installed().next())
                    .isEqualTo(
                            standing.installed() == null
                                    ? null
                                    : standing.installed().next());
        }
        assertThat(codec.read(ByteBuffer.wrap(bytes(full()))).proposed().sameAs(full().proposed()))
                .isTrue();
    }

    @Test
    void everythingElseIsRefusedAsCutShort() {
        byte[] sound = bytes(full());
        for (int length = 0; length < sound.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(sound, 0, length);
            assertThatThrownBy(() -> codec.read(cut)).isInstanceOf(BufferUnderflowException.class);
        }
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] spoilt = sound.clone();
            spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt();
            spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt();
            try {
                codec.read(ByteBuffer.wrap(spoilt));
            } catch (BufferUnderflowException expected) {
                assertThat(expected).isNotNull();
            }
        }
    }
}
