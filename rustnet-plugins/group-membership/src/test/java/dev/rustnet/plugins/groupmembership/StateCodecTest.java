package dev.rustnet.plugins.groupmembership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rustnet.group.Group;
import dev.rustnet.group.ProcessId;
import dev.rustnet.group.StateTransfer;
import dev.rustnet.group.View;
import dev.rustnet.plugins.groupmembership.StateMessage.Done;
import dev.rustnet.plugins.groupmembership.StateMessage.Offer;
import dev.rustnet.plugins.groupmembership.StateMessage.Part;
import dev.rustnet.plugins.groupmembership.StateMessage.Progress;
import dev.rustnet.plugins.groupmembership.StateMessage.Take;
import dev.rustnet.plugins.groupmembership.StateMessage.Withdrawn;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StateCodecTest {
    private static final ProcessId FIRST = new ProcessId("first", 1L << 60);
    private static final ProcessId SECOND = new ProcessId("second", 7);

    private final StateCodec codec =
            new StateCodec(new Group(List.of(new Group.Member("first", "a"), new Group.Member("second", "b"))));

    private static List<StateMessage> messages() {
        TreeMap<String, long[]> cuts = new TreeMap<>();
        cuts.put("reliable-broadcast", new long[] {1L << 40});
        Proposal next = new Proposal(List.of(FIRST), new View(8, List.of(FIRST)).next(List.of(FIRST, SECOND)), cuts);
        TreeSet<String> names = new TreeSet<>(List.of("orders", "x".repeat(64)));
        return List.of(
                new Offer(next, names),
                new Offer(next, new TreeSet<>()),
                new Take(9, 1L << 40, names),
                new Part(9, 3, 63, new byte[StateTransfer.MAX_CHUNK]),
                new Part(9, 3, 0, new byte[0]),
                new Progress(9, 3, 1L << 40),
                new Done(9, 3),
                new Withdrawn(9, "because"));
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        for (StateMessage message : messages()) {
            StateMessage read = codec.read(codec.write(message));

            assertThat(codec.write(read)).isEqualTo(codec.write(message));
            assertThat(read).hasSameClassAs(message);
            assertThat(read.view()).isEqualTo(9);
        }
    }

    @Test
    void aSentenceThatIsTooLongIsCut() {
        Withdrawn read = (Withdrawn) codec.read(codec.write(new Withdrawn(1, "x".repeat(5_000))));

        assertThat(read.sentence()).hasSize(1_024);
    }

    @Test
    void whatIsCutShortIsRefused() {
        for (StateMessage message : messages()) {
            ByteBuffer whole = codec.write(message);
            for (int length = 0; length < whole.limit() && !(message instanceof Part); length++) {
                ByteBuffer part = whole.duplicate().limit(length);
                assertThatThrownBy(() -> codec.read(part)).isInstanceOf(BufferUnderflowException.class);
            }
        }
    }

    @Test
    void anythingAtAllIsReadOrRefused() {
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) random.nextInt(8);
            }
            try {
                assertThat(codec.read(ByteBuffer.wrap(bytes)).view()).isNotNegative();
            } catch (BufferUnderflowException | IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
